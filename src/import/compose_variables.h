#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace outlast::import {

using Variables = std::map<std::string, std::string, std::less<>>;

/// A text of a Compose file with its variables filled in.
struct Interpolated {
  std::string text;                  ///< `kUnknownPart` for a variable without value or default
  bool is_computed = false;          ///< a variable stood in it
  std::vector<std::string> missing;  ///< variables that must have a value and have none
  bool is_wrong = false;             ///< a ${ that is no variable
};

/// Fills in $NAME, ${NAME}, ${NAME:-default}, ${NAME-default}, ${NAME:?message}, ${NAME?message},
/// ${NAME:+other} and ${NAME+other}, also within each other; $$ is a dollar sign.
///
/// A variable that nothing here gives a value may have one where Compose runs: it is not known,
/// unless a default stands beside it, which is then taken.
/// cost  linear in the text and what is filled in; defaults within defaults up to a depth
[[nodiscard]] Interpolated interpolate(std::string_view text, const Variables& variables);

/// The variables of a file of NAME=value lines; values may be quoted and, unless in single quotes,
/// hold variables of the lines before.
[[nodiscard]] Variables read_env_file(std::string_view text, const Variables& known);

}  // namespace outlast::import
