#include "settings/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "base/units.h"
#include "settings/file.h"

namespace outlast::settings {
namespace {

void add_defaults(Values& values) {
  for (const Spec& spec : specs()) {
    Given given;
    if (!spec.standard.empty()) {
      given.items = items_of(spec, spec.standard);
    }
    values.emplace(spec.key, std::move(given));
  }
}

/// A variable is one text, so its lists are split at commas always.
std::vector<std::string> items_of_variable(const Spec& spec, std::string_view text) {
  if (!is_list(spec.type)) {
    return {std::string(text)};
  }
  std::vector<std::string> items;
  for (const std::string_view item : base::split(text, ',')) {
    items.emplace_back(base::trim(item));
  }
  return items;
}

void add_environment(const Layers& layers, base::Diagnostics& diagnostics, Values& values) {
  for (const Spec& spec : specs()) {
    const std::string name = environment_of(spec);
    const char* text =
        layers.environment && has_flag(spec) ? layers.environment(name.c_str()) : nullptr;
    if (text == nullptr || *text == '\0') {
      continue;
    }
    Given given{items_of_variable(spec, text), Origin::environment, {}};
    for (const std::string& item : given.items) {
      if (const auto mistake = mistake_in(spec, item)) {
        diagnostics.error("OUT-E1402", {}, fmt::format("{}: {}", name, *mistake));
      }
    }
    values[std::string(spec.key)] = std::move(given);
  }
}

void add_flags(const Layers& layers, Values& values) {
  for (const auto& [key, texts] : layers.flags) {
    Given given{{}, Origin::flag, {}};
    for (const std::string& text : texts) {
      const auto items = items_of(spec_of(key), text);
      given.items.insert(given.items.end(), items.begin(), items.end());
    }
    values[key] = std::move(given);
  }
}

/// Values that have been checked, as what they mean.
class Typed {
 public:
  explicit Typed(const Values& values) : values_(values) {}

  [[nodiscard]] const std::vector<std::string>& items(std::string_view key) const {
    return values_.find(key)->second.items;
  }
  [[nodiscard]] std::string text(std::string_view key) const {
    return items(key).empty() ? "" : items(key).front();
  }
  [[nodiscard]] bool flag(std::string_view key) const { return text(key) == "true"; }
  [[nodiscard]] std::uint64_t integer(std::string_view key) const {
    const std::string digits = text(key);
    std::uint64_t number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
  }
  [[nodiscard]] std::optional<double> share(std::string_view key) const {
    const auto parsed = base::parse_share(text(key));
    return parsed ? std::optional(parsed->value) : std::nullopt;
  }

 private:
  const Values& values_;
};

/// Of several severities the least counts: it holds the others. `never` says that none does.
void read_fail_on(const Typed& typed, gate::Policy& policy) {
  policy.fail_on.reset();
  for (const std::string& item : typed.items("fail_on")) {
    const auto severity =
        std::find_if(std::begin(findings::kSeverities), std::end(findings::kSeverities),
                     [&](auto level) { return findings::name_of(level) == item; });
    if (severity != std::end(findings::kSeverities)) {
      policy.fail_on = std::max(policy.fail_on.value_or(*severity), *severity);
    } else if (item != "never") {
      policy.fail_on_rules.push_back(item);
    }
  }
}

Settings typed_settings(Values values) {
  const Typed typed(values);
  Settings out;
  for (const std::string& item : typed.items("output")) {
    const auto equals = item.find('=');
    out.outputs.push_back(
        {item.substr(0, equals), equals == std::string::npos ? "" : item.substr(equals + 1)});
  }
  read_fail_on(typed, out.policy);
  out.policy.min_availability = typed.share("min_availability");
  out.policy.min_p_slo = typed.share("min_p_slo");
  out.failed_status = static_cast<int>(typed.integer("exit_code"));
  out.soft_fail = typed.flag("soft_fail");
  out.type = typed.text("type");
  out.ignore_paths = typed.items("ignore_paths");
  out.source = typed.text("source");
  out.parameters = typed.items("param");
  out.language = typed.text("lang");
  out.history = typed.text("history");
  out.prices = typed.text("prices");
  out.baseline = typed.text("baseline");
  out.create_baseline = typed.flag("create_baseline");
  out.update_baseline = typed.flag("update_baseline");
  out.no_ignores = typed.flag("no_ignores");
  out.show_suppressed = typed.flag("show_suppressed");
  out.seed = typed.integer("seed");
  out.threads = typed.integer("threads");
  out.timings = typed.flag("timings");
  out.quiet = typed.flag("quiet");
  out.config = typed.text("config");
  out.values = std::move(values);
  return out;
}

}  // namespace

Settings resolve(const Layers& layers, const base::FileSource& files, base::Sources& sources,
                 base::Diagnostics& diagnostics) {
  Values above;  // what says which file to read
  add_environment(layers, diagnostics, above);
  add_flags(layers, above);
  Contents contents;
  Values& values = contents.values;
  add_defaults(values);
  Given& config = values["config"];
  if (const auto given = above.find("config"); given != above.end()) {
    config = given->second;
  } else if (const std::string found = find_file(layers.folder, files); !found.empty()) {
    config.items = {found};
  }
  if (!config.items.empty()) {
    read_file(std::string(config.items.front()), files, sources, diagnostics, contents);
  }
  for (auto& [key, given] : above) {
    values[key] = std::move(given);
  }
  Settings settings = typed_settings(std::move(values));
  settings.ignores = std::move(contents.ignores);
  settings.given_today = base::parse_date(Typed(settings.values).text("today"));
  settings.today = settings.given_today.value_or(layers.today);
  return settings;
}

}  // namespace outlast::settings
