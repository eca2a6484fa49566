#include "gate/ignores.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace outlast::gate {

using findings::Finding;

namespace {

/// "module.app[0].aws_instance.web[1]" → "module.app.aws_instance.web".
std::string without_indexes(std::string_view address) {
  std::string out;
  std::size_t depth = 0;
  for (const char c : address) {
    depth += c == '[' ? 1 : 0;
    if (depth == 0) {
      out += c;
    }
    depth -= c == ']' && depth > 0 ? 1 : 0;
  }
  return out;
}

class Matcher {
 public:
  Matcher(const blueprint::Blueprint& bp, const std::vector<Finding>& findings,
          const std::vector<Ignore>& ignores, const base::Date& today)
      : bp_(bp), findings_(findings), ignores_(ignores), today_(today), uses_(ignores.size()) {}

  std::vector<std::optional<std::size_t>> match() {
    std::vector<std::optional<std::size_t>> hidden;
    for (const Finding& finding : findings_) {
      hidden.push_back(match(finding));
    }
    return hidden;
  }

  void warn(base::Diagnostics& diagnostics) const {
    for (std::size_t i = 0; i < ignores_.size(); ++i) {
      const Ignore& ignore = ignores_[i];
      const Use& use = uses_[i];
      if (!use.is_matched) {
        diagnostics.warning("OUT-E1421", ignore.span,
                            fmt::format("this ignore of {} matches no finding", ignore.rule),
                            "remove it, or see outlast check --no-ignores for what there is");
      } else if (is_expired(ignore)) {
        diagnostics.warning(
            "OUT-E1422", ignore.span,
            fmt::format("this ignore of {} expired after {}: the finding counts again", ignore.rule,
                        base::format_date(*ignore.until)),
            "mend it, or decide anew until when it is accepted");
      } else if (!use.hides) {
        diagnostics.warning(
            "OUT-E1423", ignore.span,
            fmt::format("this ignore of {} hides nothing: the finding is also about {}",
                        ignore.rule, use.other),
            "ignore it for all of them, or for none");
      }
    }
  }

 private:
  struct Use {
    bool is_matched = false;
    bool hides = false;
    std::string other;  ///< a component that keeps a finding from being hidden
  };

  [[nodiscard]] bool is_expired(const Ignore& ignore) const {
    return ignore.until && today_ > *ignore.until;
  }

  [[nodiscard]] bool is_meant(const Ignore& ignore, const std::string& id) const {
    if (ignore.origin == Ignore::Origin::file) {
      return matches_glob(ignore.addresses.front(), id);
    }
    const std::string plain = without_indexes(id);
    const auto component = bp_.find(id);
    return std::any_of(
        ignore.addresses.begin(), ignore.addresses.end(), [&](const std::string& address) {
          const bool is_of_overlay = plain.ends_with("." + address) ||
                                     (component.exists() && bp_[component].name == address);
          return id == address || plain == address ||
                 (ignore.origin == Ignore::Origin::comment && is_of_overlay);
        });
  }

  [[nodiscard]] bool covers(const Ignore& ignore, const std::string& component) const {
    return ignore.addresses.empty() || is_meant(ignore, component);
  }

  /// The first ignore that hides a finding; remembers of each what it did.
  std::optional<std::size_t> match(const Finding& finding) {
    std::vector<std::size_t> active;
    for (std::size_t i = 0; i < ignores_.size(); ++i) {
      const Ignore& ignore = ignores_[i];
      const auto& components = finding.components;
      const bool is_matched =
          ignore.rule == finding.rule &&
          (ignore.addresses.empty() ||
           std::any_of(components.begin(), components.end(),
                       [&](const std::string& id) { return is_meant(ignore, id); }));
      uses_[i].is_matched = uses_[i].is_matched || is_matched;
      if (is_matched && !is_expired(ignore)) {
        active.push_back(i);
      }
    }
    if (active.empty()) {
      return std::nullopt;
    }
    const auto open = std::find_if(
        finding.components.begin(), finding.components.end(), [&](const std::string& id) {
          return std::none_of(active.begin(), active.end(),
                              [&](std::size_t i) { return covers(ignores_[i], id); });
        });
    for (const std::size_t i : active) {
      uses_[i].hides = uses_[i].hides || open == finding.components.end();
      uses_[i].other = open == finding.components.end() ? uses_[i].other : *open;
    }
    return open == finding.components.end() ? std::optional(active.front()) : std::nullopt;
  }

  const blueprint::Blueprint& bp_;
  const std::vector<Finding>& findings_;
  const std::vector<Ignore>& ignores_;
  const base::Date& today_;
  std::vector<Use> uses_;
};

}  // namespace

bool matches_glob(std::string_view glob, std::string_view text) {
  std::size_t g = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;
  std::size_t retry = 0;
  while (t < text.size()) {
    if (g < glob.size() && glob[g] == '*') {
      star = g++;
      retry = t;
    } else if (g < glob.size() && (glob[g] == '?' || glob[g] == text[t])) {
      ++g;
      ++t;
    } else if (star != std::string_view::npos) {
      g = star + 1;
      t = ++retry;
    } else {
      return false;
    }
  }
  return glob.find_first_not_of('*', g) == std::string_view::npos;
}

std::vector<std::optional<std::size_t>> match_ignores(const blueprint::Blueprint& bp,
                                                      const std::vector<Finding>& findings,
                                                      const std::vector<Ignore>& ignores,
                                                      const base::Date& today,
                                                      base::Diagnostics& diagnostics) {
  Matcher matcher(bp, findings, ignores, today);
  auto hidden = matcher.match();
  matcher.warn(diagnostics);
  return hidden;
}

std::string_view name_of(Ignore::Origin origin) {
  switch (origin) {
    case Ignore::Origin::file:
      return "file";
    case Ignore::Origin::tag:
      return "tag";
    case Ignore::Origin::comment:
      break;
  }
  return "comment";
}

}  // namespace outlast::gate
