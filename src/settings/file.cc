#include "settings/file.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>

#include "base/document.h"
#include "base/hash.h"
#include "base/text.h"
#include "settings/ignores.h"

namespace outlast::settings {

using base::Node;
using base::NodeKind;

namespace {

constexpr std::size_t kMostBytes = std::size_t{1} << 20U;

std::vector<std::string_view> keys_of_file() {
  std::vector<std::string_view> keys;
  for (const Spec& spec : specs()) {
    if (is_in_file(spec)) {
      keys.push_back(spec.key);
    }
  }
  return keys;
}

void wrong(base::Diagnostics& diagnostics, base::Span span, std::string_view key,
           const std::string& message) {
  diagnostics.error("OUT-E1402", span, fmt::format("{}: {}", key, message));
}

bool is_scalar(Node node) {
  return node.is(NodeKind::string) || node.is(NodeKind::number) || node.is(NodeKind::boolean);
}

/// A value, or the items of a list of them; what is wrong has been told.
Given read_value(const Spec& spec, Node node, base::Diagnostics& diagnostics) {
  Given given{{}, Origin::file, node.span()};
  const bool is_items = is_list(spec.type) && node.is(NodeKind::list);
  const std::size_t count = is_items ? node.size() : 1;
  for (std::size_t i = 0; i < count; ++i) {
    const Node item = is_items ? node.at(i) : node;
    if (!is_scalar(item)) {
      wrong(diagnostics, item.span(), spec.key,
            is_list(spec.type) ? "expected a value or a list of them" : "expected one value");
      continue;
    }
    const auto parts =
        is_items ? std::vector{std::string(item.text())} : items_of(spec, item.text());
    for (const std::string& part : parts) {
      if (const auto mistake = mistake_in(spec, part)) {
        wrong(diagnostics, item.span(), spec.key, *mistake);
      }
      given.items.push_back(part);
    }
  }
  return given;
}

void read_map(Node root, base::Diagnostics& diagnostics, Contents& contents) {
  if (!root.is(NodeKind::map)) {
    diagnostics.error("OUT-E1403", root.span(), "a configuration is a map of settings",
                      "outlast init --config writes one to start from");
    return;
  }
  const auto known = keys_of_file();
  for (std::size_t i = 0; i < root.size(); ++i) {
    const std::string_view key = root.key(i);
    if (std::find(known.begin(), known.end(), key) == known.end()) {
      diagnostics.error("OUT-E1401", root.key_span(i), fmt::format("unknown setting \"{}\"", key),
                        base::suggest(key, known));
    } else if (root.at(i).is(NodeKind::null)) {
      continue;  // a key without a value says nothing
    } else if (spec_of(key).type == Type::ignores) {
      contents.ignores = read_ignores(root.at(i), diagnostics);
      contents.values[std::string(key)] = {
          {fmt::format("{}", contents.ignores.size())}, Origin::file, root.key_span(i)};
    } else {
      contents.values[std::string(key)] = read_value(spec_of(key), root.at(i), diagnostics);
    }
  }
}

}  // namespace

std::string find_file(const std::string& folder, const base::FileSource& files) {
  using Kind = base::FileSource::PathKind;
  std::string name(kFileName);
  if (files.kind_of(name) == Kind::file) {
    return name;
  }
  std::string at = folder;
  while (!at.empty() && files.kind_of(at + "/.git") == Kind::missing) {
    at.resize(at.find_last_of('/') == std::string::npos ? 0 : at.find_last_of('/'));
  }
  const std::string path = at + "/" + name;
  return !at.empty() && files.kind_of(path) == Kind::file ? path : "";
}

void read_file(const std::string& path, const base::FileSource& files, base::Sources& sources,
               base::Diagnostics& diagnostics, Contents& contents) {
  auto bytes = files.read(path, kMostBytes);
  if (!bytes) {
    diagnostics.error("OUT-E1400", {}, fmt::format("{} {}", path, bytes.error().message));
    return;
  }
  const std::string digest = base::sha256(*bytes);
  auto text = base::to_utf8(std::move(*bytes));
  if (!text) {
    diagnostics.error("OUT-E1400", {}, fmt::format("{} {}", path, text.error().message));
    return;
  }
  const auto source = sources.add(path, std::move(*text), digest);
  const auto documents = base::parse_yaml(sources, source, diagnostics);
  if (!documents) {
    return;
  }
  for (const base::Document& document : *documents) {
    if (document.root().exists() && !document.root().is(NodeKind::null)) {
      read_map(document.root(), diagnostics, contents);
    }
  }
}

}  // namespace outlast::settings
