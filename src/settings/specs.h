#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The settings of `outlast check`, once, for flags, environment, file, help and schema.
namespace outlast::settings {

enum class Type {
  flag,     ///< true or false
  integer,  ///< from 0 on, at most `most`
  share,    ///< "99.9%"
  text,
  outputs,   ///< a list of FORMAT[=PATH]
  fail_on,   ///< a list of severities, rule ids, or never
  date,      ///< "2027-01-31"
  language,  ///< "en", "ko"
  params,    ///< a list of NAME=VALUE
  globs,     ///< a list of globs
  ignores    ///< a list of maps, in a file only
};

enum class Place { everywhere, not_in_file, file_only };

struct Spec {
  std::string_view key;  ///< "fail_on": --fail-on and OUTLAST_FAIL_ON
  Type type;
  std::string_view value;     ///< how help calls it: "FORMAT[=PATH]"; empty for a flag
  std::string_view standard;  ///< as written; what holds if nobody says
  std::string_view meaning;
  std::string_view letter = {};  ///< "-o"
  Place place = Place::everywhere;
  std::uint64_t most = 0;  ///< of an integer
};

[[nodiscard]] inline bool is_in_file(const Spec& spec) {
  return spec.place != Place::not_in_file;
}
[[nodiscard]] inline bool has_flag(const Spec& spec) {
  return spec.place != Place::file_only;
}

/// All settings, in the order of help.
[[nodiscard]] std::span<const Spec> specs();

/// assumes there is one with this key
[[nodiscard]] const Spec& spec_of(std::string_view key);

[[nodiscard]] bool is_list(Type type);
[[nodiscard]] std::string flag_of(const Spec& spec);         ///< "--fail-on"
[[nodiscard]] std::string environment_of(const Spec& spec);  ///< "OUTLAST_FAIL_ON"

/// What may be written where the choices are few: for completion and suggestions; may be empty.
[[nodiscard]] std::vector<std::string> choices_of(const Spec& spec);

/// Splits a list at commas, but not outputs: a path may hold one.
[[nodiscard]] std::vector<std::string> items_of(const Spec& spec, std::string_view text);

/// What is wrong with one item, in words that end with a remedy; absent if it is right.
[[nodiscard]] std::optional<std::string> mistake_in(const Spec& spec, std::string_view item);

}  // namespace outlast::settings
