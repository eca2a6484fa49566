// What keeps the data of stores beside them, and what keeps them from being deleted.

#include <algorithm>
#include <map>

#include "catalog/attribute_path.h"
#include "catalog/groups.h"
#include "catalog/marks.h"
#include "catalog/passes.h"

namespace outlast::catalog {

using blueprint::Draft;

namespace {

using Store = blueprint::DataAccess<std::string>;
using Safeguard = blueprint::Safeguard<std::string>;

class SafeguardReader {
 public:
  SafeguardReader(const Sight& sight, Draft& draft) : sight_(sight), draft_(draft) {
    for (const ResourceId id : base::ids<ResourceId>(sight.graph.size())) {
      if (!sight.graph.entry(id).access.safeguards.empty()) {
        find_groups_of(id);
      }
    }
  }

  void read() {
    std::map<std::string_view, const Store*> stores;
    for (const Store& store : draft_.access.data) {
      stores.emplace(store.of, &store);
    }
    for (const auto& [index, at] : sight_.component_of) {
      const ResourceId id{index};
      const auto store = stores.find(draft_.components[at].id);
      if (store == stores.end()) {
        continue;
      }
      for (const ResourceId part : sight_.folding.whole(id)) {
        read_of(id, part, *store->second);
      }
      for (const ResourceId by : by_group_[id]) {
        read_of(id, by, *store->second);
      }
    }
  }

 private:
  /// What is for a group is for all that lies in it and that it could name itself.
  void find_groups_of(ResourceId id) {
    for (const std::size_t index : sight_.graph.links_of(id)) {
      const Link& link = sight_.graph.links()[index];
      const auto can_name = [&](ResourceId one) {
        const auto& to = link.rule->to;
        return std::find(to.begin(), to.end(), sight_.graph.resource(one).type) != to.end();
      };
      for (const ResourceId target : link.naming.targets) {
        for (const ResourceId thing : things_in(sight_, target)) {
          if (can_name(thing)) {
            by_group_[thing].push_back(id);
          }
        }
      }
    }
  }

  /// One that is there only perhaps counts: who may end it may be rid of all in either case.
  void read_of(ResourceId id, ResourceId part, const Store& store) {
    for (const SafeguardRule& rule : sight_.graph.entry(part).access.safeguards) {
      const bool shows = std::all_of(rule.when.begin(), rule.when.end(), [&](const auto& one) {
        return meets(sight_, id, part, one) != Truth::no;
      });
      if (shows) {
        draft_.access.safeguards.push_back(safeguard(rule, part, store));
      }
    }
  }

  [[nodiscard]] Safeguard safeguard(const SafeguardRule& rule, ResourceId part,
                                    const Store& store) const {
    Safeguard row{store.of, {}, rule.is_lock, sight_.graph.resource(part).evidence};
    if (rule.is_own) {
      row.at = store;
    }
    for (const std::string_view attribute : rule.names) {
      for (const Selected& at : select(sight_.graph.resource(part).attributes, attribute)) {
        if (!at.node.text().empty()) {
          row.at.names.emplace_back(at.node.text());
        }
      }
    }
    row.at.is_named = !row.at.names.empty();
    row.at.deletes.assign(rule.by.begin(), rule.by.end());
    if (!rule.by.empty() && !rule.is_own) {
      const std::string_view action = rule.by.front();
      row.at.service = action.substr(0, action.find(':'));
    }
    return row;
  }

  const Sight& sight_;
  Draft& draft_;
  std::map<ResourceId, std::vector<ResourceId>> by_group_;
};

}  // namespace

void read_safeguards(const Sight& sight, Draft& draft) {
  SafeguardReader(sight, draft).read();
}

}  // namespace outlast::catalog
