#include "catalog/merge_access.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "blueprint/peer_words.h"

namespace outlast::catalog {

using base::Truth;
using blueprint::Access;
using blueprint::DeclaredAddress;
using blueprint::Draft;
using blueprint::DraftComponent;

namespace {

class AccessMerger {
 public:
  AccessMerger(Draft& draft, const Resolve& resolve, base::Diagnostics& diagnostics)
      : draft_(draft), resolve_(resolve), diagnostics_(diagnostics) {
    for (const DraftComponent& c : draft.components) {
      ids_.insert(c.id);
    }
  }

  void merge() {
    Access<std::string>& declared = draft_.declared.access;
    for (DeclaredAddress& address : draft_.declared.addresses) {
      resolve_(address.row.of, address.row.evidence.span);
      merge_address(std::move(address));
    }
    replace(declared.guards, draft_.access.guards);
    replace(declared.data, draft_.access.data);
    for (auto& safeguard : declared.safeguards) {
      resolve_(safeguard.of, safeguard.evidence.span);
      resolve_(safeguard.at.of, safeguard.evidence.span);
      draft_.access.safeguards.push_back(std::move(safeguard));
    }
    replace(declared.guessed, draft_.access.guessed);
    merge_rules();
    merge_identities();
    merge_grants();
    draft_.access.joined.insert(draft_.access.joined.end(), declared.joined.begin(),
                                declared.joined.end());
    draft_.declared = {};
  }

 private:
  /// What a blueprint leaves open stays as resources have it, else as the component itself says.
  void merge_address(DeclaredAddress declared) {
    auto& addresses = draft_.access.addresses;
    blueprint::Address<std::string>& row = declared.row;
    const auto known = std::find_if(addresses.begin(), addresses.end(),
                                    [&](const auto& other) { return other.of == row.of; });
    if (known != addresses.end()) {
      row.is_public = declared.is_public.value_or(known->is_public);
      row.network = row.network.empty() ? known->network : row.network;
      row.ranges = row.ranges.empty() ? known->ranges : row.ranges;
      row.listens = row.listens.empty() ? known->listens : row.listens;
      *known = std::move(row);
      return;
    }
    row.is_public = declared.is_public.value_or(is_on_the_internet(row.of));
    addresses.push_back(std::move(row));
  }

  [[nodiscard]] Truth is_on_the_internet(const std::string& id) const {
    for (const DraftComponent& c : draft_.components) {
      if (c.id == id) {
        return c.internet.is_unknown()      ? Truth::unknown
               : c.internet.value_or(false) ? Truth::yes
                                            : Truth::no;
      }
    }
    return Truth::no;
  }

  /// All that is known of a component gives way to what is declared of it.
  template <class Said>
  void replace(std::vector<Said>& declared, std::vector<Said>& all) {
    std::set<std::string> of;
    for (Said& said : declared) {
      resolve_(said.of, {});
      of.insert(said.of);
    }
    std::erase_if(all, [&](const Said& said) { return of.contains(said.of); });
    std::move(declared.begin(), declared.end(), std::back_inserter(all));
  }

  void merge_rules() {
    for (auto& rule : draft_.declared.network_rules) {
      name_all(rule.subjects, rule.evidence.span, "a firewall rule is of");
      name_all(rule.peer_components, rule.evidence.span, "a firewall rule names");
      draft_.network_rules.push_back(std::move(rule));
    }
  }

  void merge_identities() {
    for (auto& identity : draft_.declared.access.identities) {
      name_all(identity.worn_by, identity.evidence.span, "an identity is worn by");
      for (auto& narrow : identity.narrow) {
        name(narrow.by, identity.evidence.span, "an identity is worn by");
      }
      draft_.access.identities.push_back(std::move(identity));
    }
  }

  void merge_grants() {
    std::vector<std::string_view> identities = {blueprint::kEveryIdentity};
    for (const auto& identity : draft_.access.identities) {
      identities.push_back(identity.address);
    }
    for (auto& grant : draft_.declared.grants) {
      name_all(grant.principals, grant.evidence.span, "a grant allows");
      name_all(grant.resource_components, grant.evidence.span, "a grant is for");
      const bool is_had =
          std::find(identities.begin(), identities.end(), grant.identity) != identities.end();
      if (!grant.identity.empty() && !is_had && !draft_.is_incomplete) {
        diagnostics_.error("OUT-E1236", grant.evidence.span,
                           fmt::format("a grant is for {}, which is no identity", grant.identity),
                           base::suggest(grant.identity, identities));
      }
      draft_.grants.push_back(std::move(grant));
    }
  }

  void name_all(std::vector<std::string>& words, base::Span span, std::string_view what) {
    for (std::string& word : words) {
      name(word, span, what);
    }
  }

  void name(std::string& word, base::Span span, std::string_view what) {
    resolve_(word, span);
    if (!ids_.contains(word) && !draft_.is_incomplete) {
      const std::vector<std::string_view> known(ids_.begin(), ids_.end());
      diagnostics_.error("OUT-E1220", span, fmt::format("{} {}, which is no component", what, word),
                         base::suggest(word, known));
    }
  }

  Draft& draft_;
  const Resolve& resolve_;
  base::Diagnostics& diagnostics_;
  std::set<std::string, std::less<>> ids_;
};

}  // namespace

void merge_access(Draft& draft, const Resolve& resolve, base::Diagnostics& diagnostics) {
  AccessMerger(draft, resolve, diagnostics).merge();
}

}  // namespace outlast::catalog
