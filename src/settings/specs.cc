#include "settings/specs.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/assert.h"
#include "base/date.h"
#include "base/numbers.h"
#include "base/text.h"
#include "base/units.h"
#include "findings/rules.h"
#include "report/report.h"
#include "words/phrasebook.h"

namespace outlast::settings {
namespace {

constexpr std::uint64_t kAny = std::numeric_limits<std::uint64_t>::max();

constexpr Spec kSpecs[] = {
    {"output", Type::outputs, "FORMAT[=PATH]", "text",
     "report in this format, to standard output or a file; several times", "-o"},
    {"fail_on", Type::fail_on, "SEVERITY|RULE-ID", "high",
     "exit 1 from findings of this severity on, or of this rule; several times; never"},
    {"min_availability", Type::share, "SHARE", "",
     "exit 1 where users are served less of the time (99.9%), 4 where that is undecided"},
    {"min_p_slo", Type::share, "SHARE", "",
     "exit 1 where a year that meets all declared objectives is less probable (90%), 4 where that "
     "is undecided"},
    {"exit_code", Type::integer, "N", "1", "exit with N, not 1, where a gate failed", "",
     Place::everywhere, 125},
    {"soft_fail", Type::flag, "", "false", "exit 0 where a gate failed or is inconclusive"},
    {"type", Type::text, "FORMAT", "",
     "read inputs as this format alone (terraform, terraform-plan, terraform-state, kubernetes, "
     "cloudformation, compose, traces); what is none of it is an error; overlays are read as ever"},
    {"ignore_paths", Type::globs, "GLOB", "",
     "files and folders that are passed over below a folder that is given (vendor, "
     "*/testdata/*); several times"},
    {"source", Type::text, "FOLDER", "",
     "Terraform files of the plan: findings point there, and comments there are read"},
    {"param", Type::params, "NAME=VALUE", "",
     "value of a parameter that a template asks for; several times"},
    {"lang", Type::language, "LANGUAGE", "en", "language of text, Markdown and the page: en or ko"},
    {"history", Type::text, "FILE", "",
     "your own failures (YAML or CSV: of, failures, exposure): rates are updated by them"},
    {"prices", Type::text, "FILE", "",
     "your own prices (YAML): lists, discounts, amounts of components, use"},
    {"ignores", Type::ignores, "LIST", "",
     "findings that are accepted: id, reason, and perhaps address (a glob) and until", "",
     Place::file_only},
    {"no_ignores", Type::flag, "", "false", "ignore no finding, whatever inputs and files say"},
    {"show_suppressed", Type::flag, "", "false", "tell ignored findings too, marked"},
    {"baseline", Type::text, "FILE", ".outlast.baseline.json",
     "findings in it are known: they do not fail the gate; used where the file is there"},
    {"create_baseline", Type::flag, "", "false", "write the findings of this run as the baseline",
     "", Place::not_in_file},
    {"update_baseline", Type::flag, "", "false",
     "add what is new to the baseline, drop what is fixed", "", Place::not_in_file},
    {"today", Type::date, "DATE", "",
     "the day that ignores expire by and support has ended by (2027-01-31); without it ignores go "
     "by "
     "the clock, and support by the day of the catalog",
     "", Place::not_in_file},
    {"seed", Type::integer, "N", "1", "seed of the drawn durations", "", Place::everywhere, kAny},
    {"threads", Type::integer, "N", "0", "threads; 0: all; the result is the same", "",
     Place::everywhere, 1024},
    {"timings", Type::flag, "", "false", "tell on standard error what took how long"},
    {"quiet", Type::flag, "", "false", "no progress on a terminal", "-q"},
    {"config", Type::text, "FILE", "",
     "configuration instead of the .outlast.yaml of this folder or the repository's root", "",
     Place::not_in_file},
};

template <class Change>
std::string changed(std::string_view key, Change change) {
  std::string out(key);
  std::transform(out.begin(), out.end(), out.begin(), change);
  return out;
}

std::string suggestion(std::string_view item, const std::vector<std::string>& known) {
  const std::vector<std::string_view> views(known.begin(), known.end());
  return base::suggest(item, views);
}

std::optional<std::string> mistake_in_output(const Spec& spec, std::string_view item) {
  const std::string_view format = item.substr(0, item.find('='));
  const auto known = choices_of(spec);
  if (std::find(known.begin(), known.end(), format) == known.end()) {
    return fmt::format("unknown format \"{}\"; {}", format, suggestion(format, known));
  }
  if (item.ends_with('=')) {
    return fmt::format("no file behind {}; leave the = out for standard output", item);
  }
  return std::nullopt;
}

std::optional<std::string> mistake_in_integer(const Spec& spec, std::string_view item) {
  const auto number = base::parse_whole_number(item, 0, spec.most);
  return number ? std::nullopt : std::optional(number.error().message);
}

}  // namespace

std::span<const Spec> specs() {
  return kSpecs;
}

const Spec& spec_of(std::string_view key) {
  const auto found = std::find_if(std::begin(kSpecs), std::end(kSpecs),
                                  [&](const Spec& spec) { return spec.key == key; });
  OUTLAST_ASSERT(found != std::end(kSpecs), "every setting that code names stands in the table");
  return *found;
}

bool is_list(Type type) {
  return type == Type::outputs || type == Type::fail_on || type == Type::params ||
         type == Type::globs;
}

std::string flag_of(const Spec& spec) {
  return "--" + changed(spec.key, [](char c) { return c == '_' ? '-' : c; });
}

std::string environment_of(const Spec& spec) {
  return "OUTLAST_" + changed(spec.key, [](char c) {
           return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
         });
}

std::vector<std::string> choices_of(const Spec& spec) {
  std::vector<std::string> all;
  if (spec.type == Type::outputs) {
    for (const report::Format& format : report::formats()) {
      all.emplace_back(format.name);
    }
  } else if (spec.type == Type::language) {
    for (const std::string_view language : words::languages()) {
      all.emplace_back(language);
    }
  } else if (spec.type == Type::fail_on) {
    for (const findings::Severity severity : findings::kSeverities) {
      all.emplace_back(findings::name_of(severity));
    }
    all.emplace_back("never");
    for (const findings::Rule& rule : findings::all_rules()) {
      all.emplace_back(rule.id);
    }
  }
  return all;
}

std::vector<std::string> items_of(const Spec& spec, std::string_view text) {
  if (spec.type != Type::fail_on) {
    return {std::string(text)};
  }
  std::vector<std::string> items;
  for (const std::string_view item : base::split(text, ',')) {
    items.emplace_back(base::trim(item));
  }
  return items;
}

std::optional<std::string> mistake_in(const Spec& spec, std::string_view item) {
  switch (spec.type) {
    case Type::flag:
      return item == "true" || item == "false"
                 ? std::nullopt
                 : std::optional(fmt::format("\"{}\" is neither true nor false", item));
    case Type::integer:
      return mistake_in_integer(spec, item);
    case Type::share: {
      const auto share = base::parse_share(item);
      return share ? std::nullopt : std::optional(share.error().message);
    }
    case Type::outputs:
      return mistake_in_output(spec, item);
    case Type::fail_on: {
      const auto known = choices_of(spec);
      const bool is_known = std::find(known.begin(), known.end(), item) != known.end();
      return is_known ? std::nullopt
                      : std::optional(fmt::format("\"{}\" is no severity and no rule; {}", item,
                                                  suggestion(item, known)));
    }
    case Type::language: {
      const auto known = choices_of(spec);
      return std::find(known.begin(), known.end(), item) != known.end()
                 ? std::nullopt
                 : std::optional(fmt::format("\"{}\" is no language of ours; {}", item,
                                             suggestion(item, known)));
    }
    case Type::date:
      return base::parse_date(item)
                 ? std::nullopt
                 : std::optional(fmt::format("\"{}\" is no date like 2027-01-31", item));
    case Type::params:
      return item.find('=') != std::string_view::npos && !item.starts_with('=')
                 ? std::nullopt
                 : std::optional(fmt::format("\"{}\" is no NAME=VALUE", item));
    case Type::globs:
      return item.empty() ? std::optional<std::string>("an empty glob matches nothing")
                          : std::nullopt;
    case Type::text:
    case Type::ignores:
      break;
  }
  return std::nullopt;
}

}  // namespace outlast::settings
