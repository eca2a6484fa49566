#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/diagnostics.h"
#include "blueprint/blueprint.h"
#include "blueprint/remark.h"
#include "findings/evaluation.h"

namespace outlast::gate {

/// The wish not to be told a finding, with the reason for it.
struct Ignore {
  enum class Origin { file, tag, comment };
  Origin origin = Origin::file;
  std::string rule;                    ///< "OUT-A012"
  std::vector<std::string> addresses;  ///< any of them; a glob in a file; empty: all
  std::string reason;
  std::optional<base::Date> until;  ///< the last day it holds
  base::Span span;                  ///< where it stands
};

/// Reads `ignore=OUT-A012 reason="…" until=2027-01-31` of comments, and of tags, whose characters
/// are few: `OUT-A012 reason in words until 2027-01-31`, also `out-a012_reason_in_words`.
///
/// errors  what has no id, no reason, an unknown rule or a wrong date is no ignore: a warning
[[nodiscard]] std::vector<Ignore> read_ignores(const std::vector<blueprint::Remark>& remarks,
                                               base::Diagnostics& diagnostics);

/// For each finding the ignore that hides it, or nothing.
///
/// A finding of several components is hidden only if each of them is ignored: what hides one
/// must not hide the others. An ignore that has expired, or that matches no finding, is a warning.
///
/// in   bp     for the names of components: a key of an overlay matches what it overlays
/// out  [findings] index in `ignores`
[[nodiscard]] std::vector<std::optional<std::size_t>> match_ignores(
    const blueprint::Blueprint& bp, const std::vector<findings::Finding>& findings,
    const std::vector<Ignore>& ignores, const base::Date& today, base::Diagnostics& diagnostics);

/// Does a text match a glob? `*` stands for any characters, `?` for one.
[[nodiscard]] bool matches_glob(std::string_view glob, std::string_view text);

[[nodiscard]] std::string_view name_of(Ignore::Origin origin);

}  // namespace outlast::gate
