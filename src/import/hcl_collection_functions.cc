// Terraform's functions of lists, sets and maps. Sets are lists here, in the order in which Terraform
// goes through a set of texts.

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>

#include "import/hcl_function_table.h"

namespace outlast::import {

using base::NodeKind;
using base::Span;

namespace {

bool is_list(const ValueTree& value) {
  return value.is(NodeKind::list);
}
bool is_map(const ValueTree& value) {
  return value.is(NodeKind::map);
}

ValueTree length_of(const Arguments& a, Span span) {
  const ValueTree& value = a[0];
  if (value.is(NodeKind::unknown) || (value.is_text() && !value.is_closed())) {
    return unknown_of(a, span);
  }
  const std::size_t size = is_list(value)  ? value.items.size()
                           : is_map(value) ? value.members.size()
                                           : value.text.size();
  return number_value(static_cast<double>(size), span);
}

void add_flat(const ValueTree& list, std::vector<ValueTree>& out) {
  for (const ValueTree& item : list.items) {
    if (is_list(item)) {
      add_flat(item, out);
    } else {
      out.push_back(item);
    }
  }
}

ValueTree flatten(const Arguments& a, Span span) {
  std::vector<ValueTree> out;
  add_flat(a[0], out);
  return out.size() > kMostItems ? unknown_of(a, span) : list_value(std::move(out), span);
}

ValueTree concat(const Arguments& arguments, Span span) {
  std::vector<ValueTree> out;
  for (const ValueTree& argument : arguments) {
    if (!is_list(argument)) {
      return unknown_of(arguments, span);
    }
    out.insert(out.end(), argument.items.begin(), argument.items.end());
  }
  return out.size() > kMostItems ? unknown_of(arguments, span) : list_value(std::move(out), span);
}

ValueTree merged(const Arguments& arguments, Span span) {
  ValueTree out;
  out.kind = NodeKind::map;
  out.span = span;
  for (const ValueTree& argument : arguments) {
    if (argument.is(NodeKind::null)) {
      continue;
    }
    if (!is_map(argument)) {
      return unknown_of(arguments, span);
    }
    for (const auto& [key, value] : argument.members) {
      const auto known = std::find_if(out.members.begin(), out.members.end(),
                                      [&, name = key](const auto& m) { return m.first == name; });
      if (known == out.members.end()) {
        out.members.emplace_back(key, value);
      } else {
        known->second = value;
      }
    }
  }
  return out;
}

ValueTree without_empty(const Arguments& a, Span span) {
  std::vector<ValueTree> out;
  std::copy_if(a[0].items.begin(), a[0].items.end(), std::back_inserter(out),
               [](const ValueTree& item) {
                 return !item.is(NodeKind::null) && !(item.is_text() && item.text.empty());
               });
  return list_value(std::move(out), span);
}

bool is_among(const std::vector<ValueTree>& items, const ValueTree& item) {
  return is_known(item) && std::any_of(items.begin(), items.end(), [&](const ValueTree& known) {
           return are_equal(known, item);
         });
}

std::vector<ValueTree> distinct(const std::vector<ValueTree>& items) {
  std::vector<ValueTree> out;
  for (const ValueTree& item : items) {
    if (!is_among(out, item)) {
      out.push_back(item);
    }
  }
  return out;
}

/// Texts by their bytes; a list that holds anything else stays as it is.
ValueTree in_order(std::vector<ValueTree> items, Span span) {
  const bool are_texts = std::all_of(items.begin(), items.end(), [](const ValueTree& item) {
    return item.is(NodeKind::string) && item.is_closed();
  });
  if (are_texts) {
    std::stable_sort(items.begin(), items.end(),
                     [](const ValueTree& x, const ValueTree& y) { return x.text < y.text; });
  }
  return list_value(std::move(items), span);
}

ValueTree as_set(const Arguments& a, Span span) {
  return in_order(distinct(a[0].items), span);
}

bool are_known_lists(const Arguments& a) {
  return std::all_of(a.begin(), a.end(),
                     [](const ValueTree& list) { return is_list(list) && is_known(list); });
}

ValueTree united(const Arguments& a, Span span) {
  const ValueTree all = concat(a, span);
  return is_list(all) ? in_order(distinct(all.items), span) : all;
}

/// Items of the first that are in all others, or in none of them.
ValueTree chosen(const Arguments& a, bool are_shared, Span span) {
  if (!are_known_lists(a)) {
    return unknown_of(a, span);
  }
  std::vector<ValueTree> out;
  for (const ValueTree& item : distinct(a[0].items)) {
    const auto holds = [&](const ValueTree& list) { return is_among(list.items, item); };
    const bool is_wanted = are_shared ? std::all_of(a.begin() + 1, a.end(), holds)
                                      : std::none_of(a.begin() + 1, a.end(), holds);
    if (is_wanted) {
      out.push_back(item);
    }
  }
  return in_order(std::move(out), span);
}

/// Each way to take one of each list, the last list changing first.
ValueTree product(const Arguments& a, Span span) {
  std::vector<std::vector<ValueTree>> rows = {{}};
  for (const ValueTree& list : a) {
    if (!is_list(list) || rows.size() * list.items.size() > kMostItems) {
      return unknown_of(a, span);
    }
    std::vector<std::vector<ValueTree>> longer;
    for (const auto& row : rows) {
      for (const ValueTree& item : list.items) {
        longer.push_back(row);
        longer.back().push_back(item);
      }
    }
    rows = std::move(longer);
  }
  std::vector<ValueTree> out;
  for (auto& row : rows) {
    out.push_back(list_value(std::move(row), span));
  }
  return list_value(std::move(out), span);
}

ValueTree chunks(const Arguments& a, Span span) {
  const auto size = number_of(a[1]);
  if (!is_list(a[0]) || !size || *size < 1) {
    return unknown_of(a, span);
  }
  const auto step = static_cast<std::size_t>(*size);
  std::vector<ValueTree> out;
  for (std::size_t i = 0; i < a[0].items.size(); i += step) {
    const auto from = a[0].items.begin() + static_cast<std::ptrdiff_t>(i);
    const auto count = static_cast<std::ptrdiff_t>(std::min(step, a[0].items.size() - i));
    out.push_back(list_value({from, from + count}, span));
  }
  return list_value(std::move(out), span);
}

ValueTree slice(const Arguments& a, Span span) {
  const auto from = number_of(a[1]);
  const auto to = number_of(a[2]);
  const auto size = static_cast<double>(a[0].items.size());
  if (!is_list(a[0]) || !from || !to || *from < 0 || *to > size || *from > *to) {
    return unknown_of(a, span);
  }
  return list_value({a[0].items.begin() + static_cast<std::ptrdiff_t>(*from),
                     a[0].items.begin() + static_cast<std::ptrdiff_t>(*to)},
                    span);
}

ValueTree element(const Arguments& a, Span span) {
  const auto index = number_of(a[1]);
  if (!is_list(a[0]) || a[0].items.empty() || !index || *index < 0) {
    return unknown_of(a, span);
  }
  return a[0]
      .items[static_cast<std::size_t>(std::fmod(*index, static_cast<double>(a[0].items.size())))];
}

/// Where an item stands in a list.
ValueTree index_of(const Arguments& a, Span span) {
  for (std::size_t i = 0; i < a[0].items.size() && is_known(a[1]); ++i) {
    if (!is_known(a[0].items[i])) {
      break;
    }
    if (are_equal(a[0].items[i], a[1])) {
      return number_value(static_cast<double>(i), span);
    }
  }
  return unknown_of(a, span);
}

ValueTree lookup(const Arguments& a, Span span) {
  if (!is_map(a[0]) || !a[1].is_closed()) {
    return unknown_of(a, span);
  }
  if (const ValueTree* found = a[0].member(a[1].text)) {
    return *found;
  }
  return a.size() > 2 ? a[2] : unknown_of(a, span);
}

std::vector<ValueTree::Member> by_key(const ValueTree& map) {
  std::vector<ValueTree::Member> members = map.members;
  std::stable_sort(members.begin(), members.end(),
                   [](const auto& x, const auto& y) { return x.first < y.first; });
  return members;
}

ValueTree keys_of(const Arguments& a, Span span) {
  std::vector<ValueTree> out;
  for (const auto& [key, value] : by_key(a[0])) {
    out.push_back(text_value(key, span));
  }
  return list_value(std::move(out), span);
}

ValueTree values_of(const Arguments& a, Span span) {
  std::vector<ValueTree> out = a[0].items;
  for (const auto& [key, value] : by_key(a[0])) {
    out.push_back(value);
  }
  return list_value(std::move(out), span);
}

ValueTree first_given(const Arguments& arguments, bool skips_empty, Span span) {
  for (const ValueTree& argument : arguments) {
    const bool is_empty =
        argument.is(NodeKind::null) || (skips_empty && argument.is_text() && argument.text.empty());
    if (!is_empty) {
      return argument;
    }
  }
  return unknown_of(arguments, span);
}

ValueTree zipped(const Arguments& a, Span span) {
  if (!is_list(a[0]) || !is_list(a[1])) {
    return unknown_of(a, span);
  }
  ValueTree out;
  out.kind = NodeKind::map;
  out.span = span;
  for (std::size_t i = 0; i < std::min(a[0].items.size(), a[1].items.size()); ++i) {
    out.members.emplace_back(a[0].items[i].text, a[1].items[i]);
  }
  return out;
}

ValueTree contains(const Arguments& a, Span span) {
  if (!is_list(a[0]) || !is_known(a[1])) {
    return unknown_of(a, span);
  }
  const bool is_in = std::any_of(a[0].items.begin(), a[0].items.end(),
                                 [&](const ValueTree& item) { return are_equal(item, a[1]); });
  return is_in || is_known(a[0]) ? bool_value(is_in, span) : unknown_of(a, span);
}

/// Are all of a list true, or any?
ValueTree truth_of(const Arguments& a, bool wants_all, Span span) {
  bool is_open = false;
  for (const ValueTree& item : a[0].items) {
    if (!item.is_closed()) {
      is_open = true;
    } else if ((item.text == "true") != wants_all) {
      return bool_value(!wants_all, span);
    }
  }
  return is_open ? unknown_of(a, span) : bool_value(wants_all, span);
}

constexpr auto kFunctions = std::to_array<HclFunction>({
    {"alltrue", 1, 1, Takes::collection,
     [](const Arguments& a, Span span) { return truth_of(a, true, span); }},
    {"anytrue", 1, 1, Takes::collection,
     [](const Arguments& a, Span span) { return truth_of(a, false, span); }},
    {"chunklist", 2, 2, Takes::collection, chunks},
    {"coalesce", 1, kAnyNumber, Takes::anything,
     [](const Arguments& a, Span span) { return first_given(a, true, span); }},
    {"coalescelist", 1, kAnyNumber, Takes::anything,
     [](const Arguments& a, Span span) { return first_given(a, false, span); }},
    {"compact", 1, 1, Takes::collection, without_empty},
    {"concat", 0, kAnyNumber, Takes::anything, concat},
    {"contains", 2, 2, Takes::collection, contains},
    {"distinct", 1, 1, Takes::collection,
     [](const Arguments& a, Span span) { return list_value(distinct(a[0].items), span); }},
    {"element", 2, 2, Takes::collection, element},
    {"flatten", 1, 1, Takes::collection, flatten},
    {"index", 2, 2, Takes::collection, index_of},
    {"keys", 1, 1, Takes::collection, keys_of},
    {"length", 1, 1, Takes::anything, length_of},
    {"lookup", 2, 3, Takes::collection, lookup},
    {"merge", 0, kAnyNumber, Takes::anything, merged},
    {"one", 1, 1, Takes::collection,
     [](const Arguments& a, Span span) {
       return a[0].items.empty() ? no_value(span) : a[0].items.front();
     }},
    {"reverse", 1, 1, Takes::collection,
     [](const Arguments& a, Span span) {
       return list_value({a[0].items.rbegin(), a[0].items.rend()}, span);
     }},
    {"setintersection", 1, kAnyNumber, Takes::collection,
     [](const Arguments& a, Span span) { return chosen(a, true, span); }},
    {"setproduct", 1, kAnyNumber, Takes::collection, product},
    {"setsubtract", 2, 2, Takes::collection,
     [](const Arguments& a, Span span) { return chosen(a, false, span); }},
    {"setunion", 1, kAnyNumber, Takes::collection, united},
    {"slice", 3, 3, Takes::collection, slice},
    {"sort", 1, 1, Takes::collection,
     [](const Arguments& a, Span span) { return in_order(a[0].items, span); }},
    {"tolist", 1, 1, Takes::collection, [](const Arguments& a, Span /*span*/) { return a[0]; }},
    {"tomap", 1, 1, Takes::collection, [](const Arguments& a, Span /*span*/) { return a[0]; }},
    {"toset", 1, 1, Takes::collection, as_set},
    {"try", 1, kAnyNumber, Takes::anything,
     [](const Arguments& a, Span span) { return first_given(a, false, span); }},
    {"values", 1, 1, Takes::collection, values_of},
    {"zipmap", 2, 2, Takes::collection, zipped},
});

}  // namespace

std::span<const HclFunction> collection_functions() {
  return kFunctions;
}

}  // namespace outlast::import
