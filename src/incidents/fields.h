#pragma once

#include <fmt/format.h>

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.h"
#include "base/document.h"
#include "base/text.h"
#include "blueprint/vocabulary.h"
#include "incidents/incident.h"

namespace outlast::incidents {

/// Reads one map of an incident file: its keys against those that are known, its values by kind.
/// What is wrong is told and read as absent, so that all of it is told at once.
class Fields {
 public:
  /// in  what  for messages: "a fault"
  Fields(base::Node map, std::string_view what, std::span<const std::string_view> keys,
         base::Diagnostics& diagnostics);

  [[nodiscard]] bool is_map() const { return map_.is(base::NodeKind::map); }
  [[nodiscard]] base::Node node(std::string_view key) const { return map_[key]; }
  [[nodiscard]] base::Span span() const { return map_.span(); }

  /// Text that must be there.
  [[nodiscard]] std::string text(std::string_view key);
  [[nodiscard]] std::string optional_text(std::string_view key);
  [[nodiscard]] bool flag(std::string_view key);
  /// One text or a list of them.
  [[nodiscard]] std::vector<std::string> texts(std::string_view key);
  [[nodiscard]] std::map<std::string, std::string> texts_by_name(std::string_view key);

  template <class E>
  [[nodiscard]] std::optional<E> choice(std::string_view key, std::string_view name) {
    const auto value = blueprint::parse_name<E>(name);
    if (!value) {
      wrong("OUT-I003", map_[key].span(), fmt::format("{}: there is no \"{}\"", key, name),
            base::suggest(name, blueprint::kNames<E>));
    }
    return value;
  }
  template <class E>
  [[nodiscard]] E choice(std::string_view key, E otherwise) {
    const std::string name = optional_text(key);
    return name.empty() ? otherwise : choice<E>(key, std::string_view(name)).value_or(otherwise);
  }

  /// A number with its source: the scalar alone, then cited as `cited` is, or a map
  /// {value, source, trust}.
  enum class Unit { seconds, share };
  [[nodiscard]] std::optional<Figure> figure(std::string_view key, Unit unit, const Figure& cited);
  /// `source` and `trust` of this map, for all figures in it that have none of their own.
  [[nodiscard]] Figure citation(const std::map<std::string, Citation>& sources);

  void wrong(std::string code, base::Span span, std::string message, std::string help = "");

 private:
  void check_source(base::Node at, const std::string& name);
  [[nodiscard]] std::optional<double> number(std::string_view key, base::Node at, Unit unit);

  base::Node map_;
  std::string_view what_;
  const std::map<std::string, Citation>* sources_ = nullptr;
  base::Diagnostics& diagnostics_;
};

}  // namespace outlast::incidents
