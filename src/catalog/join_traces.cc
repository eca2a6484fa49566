// What traces show, joined with what else is known of the same calls.
//
// Problem  a proxy or a balancer writes no spans, so traces show a call from the component before it
//          to the one behind it; and a store that its callers' spans do not name is a thing of its
//          own beside the one that the caller is known to need. Either would be counted twice.
// Method   a call seen between two declared components that declared needs lead along, over nothing
//          that was seen itself, is a call of the first of these needs. An unnamed store is the one
//          store of its kind that its caller is known to need and was not otherwise seen to call.
// Else     both stay: what was seen is there.

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/text.h"
#include "catalog/passes.h"

namespace outlast::catalog {

using blueprint::Draft;
using blueprint::DraftComponent;
using blueprint::DraftNeed;
using blueprint::Kind;

namespace {

bool is_seen(const DraftNeed& need) {
  return need.record.is_known();
}

/// "postgresql of orders", as traces call a store that no span names: "postgresql".
std::string_view system_of(const DraftComponent& c, const std::string& caller_name) {
  const std::string_view name = c.name.is_known() ? std::string_view(*c.name) : "";
  const std::string end = " of " + caller_name;
  const bool is_unnamed = c.type.value_or("").starts_with("traced.") && name.ends_with(end);
  return is_unnamed ? name.substr(0, name.size() - end.size()) : std::string_view();
}

/// "aws.rds.postgres" speaks of "postgresql", and so does "orders-postgresql".
bool speaks_of(const std::string& text, std::string_view system) {
  constexpr std::string_view kBetween = "-_./ ";
  constexpr std::size_t kTelling = 3;
  const std::string small = base::to_lower(text);
  for (std::string_view rest = small; !rest.empty();) {
    const std::string_view word = rest.substr(0, rest.find_first_of(kBetween));
    if (word.size() >= kTelling && (system.starts_with(word) || word.starts_with(system))) {
      return true;
    }
    rest.remove_prefix(std::min(word.size() + 1, rest.size()));
  }
  return false;
}

class TraceJoiner {
 public:
  TraceJoiner(const Catalog& catalog, Draft& draft) : catalog_(catalog), draft_(draft) {
    for (std::size_t i = 0; i < draft.components.size(); ++i) {
      const DraftComponent& c = draft.components[i];
      at_.emplace(c.id, i);
      for (const DraftNeed& need : c.needs) {
        if (is_seen(need)) {
          seen_.insert(c.id);
          seen_.insert(need.any_of.begin(), need.any_of.end());
        }
      }
    }
  }

  void join() {
    if (seen_.empty()) {
      return;
    }
    for (DraftComponent& caller : draft_.components) {
      for (std::size_t i = 0; i < caller.needs.size();) {
        const bool is_joined = join_behind(caller, i) || join_store(caller, i);
        if (is_joined) {
          caller.needs.erase(caller.needs.begin() + static_cast<std::ptrdiff_t>(i));
        } else {
          ++i;
        }
      }
    }
    std::erase_if(draft_.components, [&](const auto& c) { return joined_.contains(c.id); });
  }

 private:
  [[nodiscard]] DraftComponent* component(const std::string& id) const {
    const auto found = at_.find(id);
    return found == at_.end() ? nullptr : &draft_.components[found->second];
  }

  [[nodiscard]] Kind kind_of(const DraftComponent& c) const {
    const TypeEntry* type = catalog_.type_of(c);
    return c.kind.value_or(type == nullptr ? Kind::other : type->kind);
  }

  /// Does the need, over declared components that wrote no spans and nobody was seen to call, lead
  /// to that one?
  [[nodiscard]] bool leads_to(const DraftNeed& need, const std::string& wanted,
                              std::set<std::string>& looked_at) const {
    return std::any_of(need.any_of.begin(), need.any_of.end(), [&](const std::string& id) {
      const DraftComponent* between = component(id);
      if (between == nullptr || between->is_imported || seen_.contains(id) ||
          !looked_at.insert(id).second) {
        return false;
      }
      return std::any_of(between->needs.begin(), between->needs.end(), [&](const DraftNeed& next) {
        const auto& ends = next.any_of;
        return std::find(ends.begin(), ends.end(), wanted) != ends.end() ||
               leads_to(next, wanted, looked_at);
      });
    });
  }

  /// A call seen to what lies behind something that wrote no spans. That is asked at least as often
  /// as the one behind it that is asked most.
  bool join_behind(DraftComponent& caller, std::size_t at) const {
    const DraftNeed& call = caller.needs[at];
    const DraftComponent* called =
        is_seen(call) && call.any_of.size() == 1 ? component(call.any_of.front()) : nullptr;
    const bool is_declared = call.evidence.span.source == caller.evidence.span.source;
    if (called == nullptr || caller.is_imported || called->is_imported || is_declared) {
      return false;
    }
    for (DraftNeed& way : caller.needs) {
      std::set<std::string> looked_at{caller.id};
      if (&way != &call && leads_to(way, called->id, looked_at)) {
        if (!is_seen(way) || way.record->per_request < call.record->per_request) {
          way.record = call.record;
        }
        return true;
      }
    }
    return false;
  }

  /// A call to a store that no span names.
  bool join_store(DraftComponent& caller, std::size_t at) {
    const DraftNeed& call = caller.needs[at];
    DraftComponent* unnamed =
        is_seen(call) && call.any_of.size() == 1 ? component(call.any_of.front()) : nullptr;
    if (unnamed == nullptr) {
      return false;
    }
    const std::string_view system = system_of(*unnamed, caller.name.value_or(caller.id));
    DraftNeed* known = system.empty() ? nullptr : known_store(caller, system, kind_of(*unnamed));
    if (known == nullptr) {
      return false;
    }
    DraftComponent& store = *component(known->any_of.front());
    known->record = call.record;
    store.work.fill(unnamed->work);
    draft_.assumptions.push_back({"traced " + *unnamed->name, store.id,
                                  "inferred: the one such store that the caller is known to need"});
    joined_.insert(unnamed->id);
    return true;
  }

  /// The need for the one store of that kind, or of these the one that the system's word names.
  DraftNeed* known_store(DraftComponent& caller, std::string_view system, Kind kind) const {
    std::vector<DraftNeed*> found;
    std::vector<DraftNeed*> named;
    for (DraftNeed& need : caller.needs) {
      const DraftComponent* store =
          !is_seen(need) && need.any_of.size() == 1 ? component(need.any_of.front()) : nullptr;
      if (store == nullptr || kind_of(*store) != kind) {
        continue;
      }
      found.push_back(&need);
      if (speaks_of(store->id, system) || speaks_of(store->type.value_or(""), system) ||
          speaks_of(store->name.value_or(""), system)) {
        named.push_back(&need);
      }
    }
    const auto& best = named.empty() ? found : named;
    return best.size() == 1 ? best.front() : nullptr;
  }

  const Catalog& catalog_;
  Draft& draft_;
  std::map<std::string, std::size_t> at_;
  std::set<std::string> seen_;    ///< callers and called of traced calls
  std::set<std::string> joined_;  ///< ids of what is another component in truth
};

}  // namespace

void join_traces(const Catalog& catalog, Draft& draft) {
  TraceJoiner(catalog, draft).join();
}

}  // namespace outlast::catalog
