#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.h"
#include "base/document.h"
#include "blueprint/attributes.h"
#include "blueprint/format.h"
#include "blueprint/value.h"

namespace outlast::import {

/// Reads one map of a blueprint by the format's table.
/// Making one checks all keys; each getter reads one key, tells what is wrong with its value, and
/// returns an unset value then, so that reading goes on and all mistakes are told at once.
class KeyReader {
 public:
  KeyReader(base::Node map, blueprint::Section section, base::Diagnostics& diagnostics);

  /// False if the node is no map; that has been told.
  [[nodiscard]] bool is_map() const { return map_.exists(); }

  [[nodiscard]] blueprint::Value<std::string> text(std::string_view key);
  [[nodiscard]] std::vector<std::string> texts(std::string_view key);
  [[nodiscard]] blueprint::Value<bool> boolean(std::string_view key);
  [[nodiscard]] blueprint::Value<std::int64_t> integer(std::string_view key);
  [[nodiscard]] blueprint::Value<double> number(std::string_view key);
  [[nodiscard]] blueprint::Value<base::Share> share(std::string_view key);
  [[nodiscard]] std::vector<base::Share> shares(std::string_view key);
  [[nodiscard]] blueprint::Value<base::Seconds> duration(std::string_view key);
  [[nodiscard]] blueprint::Value<base::Money> money(std::string_view key, std::string_view per);
  [[nodiscard]] blueprint::Value<blueprint::Interval> interval(std::string_view key);

  template <class E>
  [[nodiscard]] blueprint::Value<E> choice(std::string_view key) {
    const auto name = text(key);
    if (!name.is_known()) {
      return {};
    }
    if (const auto value = blueprint::parse_name<E>(*name)) {
      return blueprint::Value<E>::of(*value, blueprint::Provenance::stated, name.span());
    }
    unknown_choice(key, *name, name.span(), blueprint::kNames<E>);
    return {};
  }

  /// The value of a key as it stands, for spellings of its own; may not exist.
  [[nodiscard]] base::Node node(std::string_view key) const { return map_[key]; }

  void wrong(base::Span span, std::string message, std::string help = "");
  void unknown_choice(std::string_view key, std::string_view name, base::Span span,
                      std::span<const std::string_view> allowed);

 private:
  [[nodiscard]] base::Node scalar(std::string_view key);

  base::Node map_;
  blueprint::Section section_;
  base::Diagnostics& diagnostics_;
};

/// Name of a section for messages: "a component", "a need".
[[nodiscard]] std::string_view title_of(blueprint::Section section);

}  // namespace outlast::import
