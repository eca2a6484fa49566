#pragma once

#include <map>
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
/// Making one checks all keys; each getter reads one key and tells what is wrong with its value.
/// What is wrong, or stands behind a key that may be a slip of this one, is unknown and not unset:
/// so reading goes on, all mistakes are told at once, and none because of another.
class KeyReader {
 public:
  KeyReader(base::Node map, blueprint::Section section, base::Diagnostics& diagnostics);

  /// False if the node is no map; that has been told.
  [[nodiscard]] bool is_map() const { return map_.exists(); }

  [[nodiscard]] blueprint::Value<std::string> text(std::string_view key);
  [[nodiscard]] std::vector<std::string> texts(std::string_view key);
  [[nodiscard]] blueprint::Value<bool> boolean(std::string_view key);
  [[nodiscard]] blueprint::Value<std::int64_t> integer(std::string_view key,
                                                       std::int64_t most = 1'000'000);
  [[nodiscard]] blueprint::Value<double> number(std::string_view key);
  [[nodiscard]] blueprint::Value<base::Share> share(std::string_view key);
  [[nodiscard]] std::vector<base::Share> shares(std::string_view key);
  [[nodiscard]] blueprint::Value<base::Seconds> duration(std::string_view key);
  [[nodiscard]] blueprint::Value<base::Seconds> time_of_day(std::string_view key);
  [[nodiscard]] blueprint::Value<base::Money> money(std::string_view key, std::string_view per);
  [[nodiscard]] blueprint::Value<blueprint::Interval> interval(std::string_view key);

  template <class E>
  [[nodiscard]] blueprint::Value<E> choice(std::string_view key) {
    const auto name = text(key);
    if (!name.is_known()) {
      return name.is_unset() ? blueprint::Value<E>() : blueprint::Value<E>::unknown(name.span());
    }
    if (const auto value = blueprint::parse_name<E>(*name)) {
      return blueprint::Value<E>::of(*value, blueprint::Provenance::stated, name.span());
    }
    unknown_choice(key, *name, name.span(), blueprint::kNames<E>);
    return blueprint::Value<E>::unknown(name.span());
  }

  /// The value of a key as it stands, for spellings of its own; may not exist.
  [[nodiscard]] base::Node node(std::string_view key) const { return map_[key]; }

  void wrong(base::Span span, std::string message, std::string help = "");
  void unknown_choice(std::string_view key, std::string_view name, base::Span span,
                      std::span<const std::string_view> allowed);

 private:
  /// A value of which only the text was read so far.
  struct Written {
    base::Node node;  ///< does not exist where there is nothing to be read
    bool is_lost = false;
    base::Span span;
    template <class T>
    [[nodiscard]] blueprint::Value<T> nothing() const {
      return is_lost ? blueprint::Value<T>::unknown(span) : blueprint::Value<T>();
    }
  };
  [[nodiscard]] Written scalar(std::string_view key);
  /// Reads the text behind a key by one of the parsers of units.
  template <class T, class Parse>
  [[nodiscard]] blueprint::Value<T> parsed(std::string_view key, Parse parse);

  base::Node map_;
  std::map<std::string_view, base::Span> slips_;  ///< by the key that may have been meant
  base::Diagnostics& diagnostics_;
};

/// Name of a section for messages: "a component", "a need".
[[nodiscard]] std::string_view title_of(blueprint::Section section);

}  // namespace outlast::import
