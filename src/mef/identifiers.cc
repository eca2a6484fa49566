#include "mef/identifiers.h"

#include <algorithm>

namespace outlast::mef {

namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// What is no letter or digit becomes _, once for several in a row; letters beyond ASCII too, for
/// tools differ in which of them they take.
std::string in_form(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const bool is_kept = is_letter(c) || (c >= '0' && c <= '9') || c == '_';
    const bool is_hyphen = c == '-' && !out.empty() && out.back() != '-';
    if (is_kept || is_hyphen) {
      out += c;
    } else if (out.empty() || out.back() != '_') {
      out += '_';
    }
  }
  const bool keeps_end = name.ends_with('_');
  while (out.size() > 1 && (out.back() == '-' || (out.back() == '_' && !keeps_end))) {
    out.pop_back();
  }
  if (out.empty() || (!is_letter(out.front()) && out.front() != '_')) {  // a digit
    out.insert(out.begin(), '_');
  }
  return out;
}

}  // namespace

std::string Identifiers::of(std::string_view name) {
  const std::string first = in_form(name);
  std::string identifier = first;
  for (std::size_t i = 2; !taken_.insert(identifier).second; ++i) {
    identifier = first;
    identifier += '_';
    identifier += std::to_string(i);
  }
  return identifier;
}

bool Identifiers::has_beginning(std::string_view prefix) const {
  return std::any_of(taken_.begin(), taken_.end(),
                     [&](const std::string& identifier) { return identifier.starts_with(prefix); });
}

}  // namespace outlast::mef
