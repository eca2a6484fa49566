#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

namespace outlast::import {

/// A plan with these changes, configuration (root module) and further members.
inline std::string plan_text(const std::vector<std::string>& changes,
                             const std::string& root_module = "", const std::string& more = "") {
  std::string list;
  for (const std::string& change : changes) {
    list += (list.empty() ? "" : ",\n") + change;
  }
  return fmt::format(
      R"({{"format_version": "1.2", "resource_changes": [
{}
]{}{}}})",
      list,
      root_module.empty() ? "" : ", \"configuration\": {\"root_module\": " + root_module + "}",
      more.empty() ? "" : ", " + more);
}

/// One entry of `resource_changes`: a resource that is created.
inline std::string created(const std::string& address, const std::string& type,
                           const std::string& after = "{}", const std::string& unknown = "{}",
                           const std::string& actions = R"(["create"])") {
  std::string quoted;
  for (const char c : address) {
    quoted += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
  }
  return fmt::format(
      R"({{"address": "{}", "mode": "{}", "type": "{}", "change": {{"actions": {}, "after": {}, "after_unknown": {}}}}})",
      quoted, address.find("data.") == std::string::npos ? "managed" : "data", type, actions, after,
      unknown);
}

/// One resource of a configuration's module.
inline std::string configured(const std::string& type, const std::string& name,
                              const std::string& expressions = "{}", const std::string& more = "") {
  return fmt::format(R"({{"mode": "managed", "type": "{}", "name": "{}", "expressions": {}{}}})",
                     type, name, expressions, more.empty() ? "" : ", " + more);
}

}  // namespace outlast::import
