#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "blueprint/draft.h"

namespace outlast::blueprint {

/// What a blueprint's text says of who can come to what: keys of components, and lists of its own.
/// What is of components that the draft does not have is left out: it says nothing.
class AccessText {
 public:
  explicit AccessText(const Draft& draft);

  /// Lines of a component: its address, the layers before it, how its data is got at.
  [[nodiscard]] std::string of_component(const std::string& id) const;
  /// Rules of firewalls, identities, grants and networks that are joined.
  [[nodiscard]] std::string lists() const;

 private:
  [[nodiscard]] std::vector<std::string> known(const std::vector<std::string>& ids) const;
  [[nodiscard]] std::string rule_text(const DraftNetworkRule& rule) const;
  [[nodiscard]] std::string identity_text(const Identity<std::string>& identity) const;
  [[nodiscard]] std::string grant_text(const DraftGrant& grant) const;

  const Draft& draft_;
  std::set<std::string_view> ids_;
};

}  // namespace outlast::blueprint
