#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "catalog/passes.h"

namespace outlast::catalog {

/// Adds what is not there yet, in its order.
void append(std::vector<std::string>& to, const std::vector<std::string>& from);

/// Which components each firewall stands before: those that name it, those whose places it stands
/// before, those that carry a tag.
class ProtectedComponents {
 public:
  ProtectedComponents(const Sight& sight, const blueprint::Draft& draft);

  [[nodiscard]] const std::vector<std::string>& by(ResourceId firewall) const {
    return protected_[firewall.index];
  }
  /// Is it not known whether it stands before that component?
  [[nodiscard]] bool is_in_doubt(ResourceId firewall, const std::string& component) const {
    return in_doubt_.contains({firewall.index, component});
  }
  /// Does it protect that component because of the place where it lies?
  [[nodiscard]] bool is_by_place(ResourceId firewall, const std::string& component) const {
    return by_place_.contains({firewall.index, component});
  }
  /// Adds components with a tag of those that the attribute holds.
  void append_tagged(base::Node block, std::string_view attribute,
                     std::vector<std::string>& to) const;
  /// The firewalls that an attribute of a rule names, by id or by the name that they have.
  [[nodiscard]] std::vector<ResourceId> named_by(ResourceId rule, std::string_view attribute) const;

 private:
  void find_places(const blueprint::Draft& draft);
  void protect(ResourceId firewall, const std::string& component, std::size_t depth);
  void note_tags(ResourceId from, ResourceId component);

  const Sight& sight_;
  std::vector<std::vector<std::string>> protected_;
  std::map<std::string, std::vector<std::string>> tagged_;    ///< components by what firewalls say
  std::set<std::pair<std::uint32_t, std::string>> by_place_;  ///< firewall, component
  std::set<std::pair<std::uint32_t, std::string>> in_doubt_;  ///< firewall, component
  std::vector<std::string_view> types_;                       ///< of what stands as a firewall
};

}  // namespace outlast::catalog
