#pragma once

#include <string>
#include <string_view>
#include <unordered_set>

namespace outlast::mef {

/// Gives names the form that the format asks of identifiers, and keeps them apart.
///
/// source  Open-PSA Model Exchange Format 2.0d; the schema that scram checks with: a letter or _, then
///         letters, digits, _ and single hyphens that stand between others
class Identifiers {
 public:
  /// `name` itself where it has that form and nobody else got it; else what comes near to it.
  [[nodiscard]] std::string of(std::string_view name);

  /// Does an identifier that was given begin so?
  [[nodiscard]] bool has_beginning(std::string_view prefix) const;

 private:
  std::unordered_set<std::string> taken_;
};

}  // namespace outlast::mef
