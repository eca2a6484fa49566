#include "import/hcl_functions.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/units.h"
#include "import/hcl_function_table.h"

namespace outlast::import {

using base::NodeKind;
using base::Span;

namespace {

bool is_given(Takes takes, const Arguments& arguments) {
  switch (takes) {
    case Takes::anything:
      return true;
    case Takes::known:
      return std::all_of(arguments.begin(), arguments.end(),
                         [](const ValueTree& a) { return a.is_closed(); });
    case Takes::collection:
      return arguments.front().is(NodeKind::list) || arguments.front().is(NodeKind::map);
  }
  return false;
}

}  // namespace

ValueTree unknown_of(const Arguments& arguments, Span span) {
  ValueTree out = unknown_value(span);
  for (const ValueTree& argument : arguments) {
    ValueTree all;
    all.uses = all_uses(argument);
    add_uses(out, all);
    out.is_secret = out.is_secret || holds_secret(argument);
  }
  return out;
}

ValueTree number_value(double number, Span span) {
  ValueTree value = text_value(base::format_number(number), span);
  value.kind = NodeKind::number;
  return value;
}

ValueTree bool_value(bool flag, Span span) {
  ValueTree value = text_value(flag ? "true" : "false", span);
  value.kind = NodeKind::boolean;
  return value;
}

std::optional<double> number_of(const ValueTree& value) {
  double number = 0;
  const char* end = value.text.data() + value.text.size();
  const auto [stop, error] = std::from_chars(value.text.data(), end, number);
  const bool is_number = value.is_text() && error == std::errc() && stop == end;
  return is_number ? std::optional(number) : std::nullopt;
}

bool is_known(const ValueTree& value) {
  if (value.is(NodeKind::list)) {
    return std::all_of(value.items.begin(), value.items.end(), is_known);
  }
  if (value.is(NodeKind::map)) {
    return std::all_of(value.members.begin(), value.members.end(),
                       [](const auto& member) { return is_known(member.second); });
  }
  return value.is(NodeKind::null) || value.is_closed();
}

bool are_equal(const ValueTree& a, const ValueTree& b) {
  const bool are_texts = a.is_text() && b.is_text();
  if (are_texts) {
    return a.text == b.text;
  }
  if (a.kind != b.kind || a.items.size() != b.items.size() ||
      a.members.size() != b.members.size()) {
    return false;
  }
  return std::equal(a.items.begin(), a.items.end(), b.items.begin(), are_equal) &&
         std::all_of(a.members.begin(), a.members.end(), [&](const auto& member) {
           const ValueTree* other = b.member(member.first);
           return other != nullptr && are_equal(member.second, *other);
         });
}

ValueTree call_function(std::string_view name, const std::vector<ValueTree>& arguments, Span span) {
  for (const auto& functions : {text_functions(), number_functions(), collection_functions()}) {
    const auto found = std::find_if(functions.begin(), functions.end(),
                                    [&](const HclFunction& f) { return f.name == name; });
    if (found != functions.end()) {
      const bool fits = arguments.size() >= found->fewest && arguments.size() <= found->most &&
                        is_given(found->takes, arguments);
      return fits ? found->call(arguments, span) : unknown_of(arguments, span);
    }
  }
  return unknown_of(arguments, span);
}

}  // namespace outlast::import
