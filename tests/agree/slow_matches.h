#pragma once

#include <string>

namespace outlast::security {

/// "*" for any text: tried letter by letter.
inline bool slow_matches(const std::string& pattern, const std::string& text) {
  if (pattern.empty()) {
    return text.empty();
  }
  if (pattern.front() == '*') {
    for (std::size_t skip = 0; skip <= text.size(); ++skip) {
      if (slow_matches(pattern.substr(1), text.substr(skip))) {
        return true;
      }
    }
    return false;
  }
  return !text.empty() && (pattern.front() == '?' || pattern.front() == text.front()) &&
         slow_matches(pattern.substr(1), text.substr(1));
}

}  // namespace outlast::security
