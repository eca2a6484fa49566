#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "import/key_reader.h"

namespace outlast::import {

/// Calls `read` with a reader of the sub-map behind `key`, if there is one.
template <class Read>
void read_section(KeyReader& outer, std::string_view key, blueprint::Section section,
                  base::Diagnostics& diagnostics, Read read) {
  const base::Node node = outer.node(key);
  if (!node.exists() || node.is(base::NodeKind::null)) {
    return;
  }
  KeyReader reader(node, section, diagnostics);
  if (reader.is_map()) {
    read(reader);
  }
}

/// Calls `read(name, reader, node)` for every entry of the map behind `key`, also for one that is
/// no map, of which nothing but the name is known; `broken()` if not even names are.
template <class Read, class Broken>
void read_named(KeyReader& outer, std::string_view key, blueprint::Section section,
                base::Diagnostics& diagnostics, Read read, Broken broken) {
  const base::Node node = outer.node(key);
  if (!node.exists() || node.is(base::NodeKind::null)) {
    return;
  }
  if (!node.is(base::NodeKind::map)) {
    outer.wrong(
        node.span(),
        fmt::format("{}: expected a map from names to {}", key, title_of(section).substr(2)),
        fmt::format("write `{}: {{NAME: {{…}}}}`", key));
    broken();
    return;
  }
  for (std::size_t i = 0; i < node.size(); ++i) {
    KeyReader reader(node.at(i), section, diagnostics);
    read(std::string(node.key(i)), reader, node.at(i));
  }
}

/// Calls `read(reader, node)` for every map of the list behind `key`.
template <class Read>
void read_listed(KeyReader& outer, std::string_view key, blueprint::Section section,
                 base::Diagnostics& diagnostics, Read read) {
  const base::Node list = outer.node(key);
  if (!list.exists() || list.is(base::NodeKind::null)) {
    return;
  }
  if (!list.is(base::NodeKind::list)) {
    outer.wrong(list.span(), fmt::format("{}: expected a list", key),
                fmt::format("write `{}:` and `- {{…}}` for each of them", key));
    return;
  }
  for (std::size_t i = 0; i < list.size(); ++i) {
    KeyReader reader(list.at(i), section, diagnostics);
    if (reader.is_map()) {
      read(reader, list.at(i));
    }
  }
}

[[nodiscard]] inline blueprint::Evidence evidence_of(std::string address, base::Node node) {
  return {std::move(address), node.span(), ""};
}

}  // namespace outlast::import
