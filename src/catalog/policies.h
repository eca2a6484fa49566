#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/passes.h"

namespace outlast::catalog {

/// What an action list allows on every thing of the account.
[[nodiscard]] blueprint::DraftGrant on_everything(std::span<const std::string_view> actions);

/// What policies allow, wherever they are written: in a document, in blocks, in a resource that is
/// named, or at the provider, of which inputs hold no more than a name.
class Policies {
 public:
  explicit Policies(const Sight& sight) : sight_(sight) {}

  /// Statements of the document that an attribute holds, or of the policies that it names.
  /// in  depth  how many policies and documents already led here
  [[nodiscard]] std::vector<blueprint::DraftGrant> statements(ResourceId id,
                                                              std::string_view attribute,
                                                              std::size_t depth = 0) const;

  /// The same, with the policies of the provider that the catalog knows. One that neither knows may
  /// allow anything, which is unknown and not false.
  [[nodiscard]] std::vector<blueprint::DraftGrant> of(ResourceId id,
                                                      std::string_view attribute) const;

  /// Adds components that a policy names, directly or through policies and documents it is made of.
  void collect_named(ResourceId id, std::string_view attribute, std::set<ResourceId>& out,
                     std::size_t depth = 0) const;

 private:
  void add_owners(const std::vector<ResourceId>& of, blueprint::DraftGrant& grant) const;
  void add_referenced(ResourceId id, std::string_view attribute,
                      blueprint::DraftGrant& grant) const;
  void add_of_unknown(ResourceId id, std::string_view attribute,
                      std::vector<blueprint::DraftGrant>& grants, std::size_t depth = 0) const;
  [[nodiscard]] std::vector<blueprint::DraftGrant> in_blocks(ResourceId id,
                                                             std::string_view attribute) const;
  [[nodiscard]] const std::vector<blueprint::DraftGrant>& written_at(
      ResourceId id, std::string_view attribute) const;
  [[nodiscard]] const KnownPolicy* known(std::string_view name) const;
  [[nodiscard]] bool names_foreign(ResourceId id, std::string_view attribute) const;

  const Sight& sight_;
  /// Documents read before: asked for a policy, for what it names, and whether it is a name at all.
  mutable std::map<std::pair<ResourceId, std::string_view>, std::vector<blueprint::DraftGrant>>
      written_;
};

}  // namespace outlast::catalog
