#include <fmt/format.h>

#include <algorithm>

#include "base/quoted_line.h"
#include "base/text.h"
#include "base/units.h"
#include "report/comparison.h"
#include "report/service_models.h"
#include "report/table.h"
#include "report/words.h"

namespace outlast::report {

using findings::count_text;
using findings::ServiceVariant;

namespace {

std::string hours_text(double low, double high) {
  return fmt::format("{:.3g} to {:.3g} h", low, high);
}

class ServiceModelsText {
 public:
  ServiceModelsText(const ServiceModelsContent& content, const TextStyle& style)
      : content_(content), models_(content.models), style_(style) {}

  std::string write() {
    const auto& q = content_.surge;
    line(painted(
        fmt::format("{} · {} users", base::printable(content_.name), count_text(q.from_users)),
        "1"));
    line("");
    write_table();
    write_break_even();
    write_steps();
    write_unpriced();
    write_sources();
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string painted(const std::string& text, std::string_view code) const {
    return style_.color ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : text;
  }
  void line(const std::string& text) { out_ += text + "\n"; }
  void title(const std::string& text) {
    line("");
    line(painted(text, "1"));
  }

  template <class Tell>
  void row(Table& table, const std::string& name, Tell tell) const {
    std::vector<Cell> cells = {{name}};
    for (const ServiceVariant& variant : models_.variants) {
      cells.push_back({tell(variant)});
    }
    table.add(std::move(cells));
  }

  void write_table() {
    std::vector<std::string> heads = {""};
    for (const ServiceVariant& variant : models_.variants) {
      heads.push_back(model_title(variant.numbers.name));
    }
    Table table(heads);
    add_numbers(table);
    add_verdicts(table);
    add_operating(table);
    out_ += table.text(style_.width, [&](const std::string& text) { return painted(text, "2"); });
  }

  void add_numbers(Table& table) const {
    row(table, "availability", [](const ServiceVariant& v) -> std::string {
      const auto& a = v.numbers.availability;
      return a ? base::format_availability(a->value) : "nobody served";
    });
    row(table, "down a year", [](const ServiceVariant& v) -> std::string {
      const auto& a = v.numbers.availability;
      return a ? base::format_duration({(1 - a->value) * base::kSecondsPerYear}) : "–";
    });
    row(table, "cost a month", [](const ServiceVariant& v) -> std::string {
      return v.numbers.cost_month ? findings::money_text(*v.numbers.cost_month) : "not known";
    });
    row(table, "lines unpriced", [](const ServiceVariant& v) {
      return std::to_string(v.numbers.unpriced) +
             (v.numbers.open > 0 ? fmt::format(", {} per use", v.numbers.open) : "");
    });
    const auto& q = content_.surge;
    row(table, "carries " + count_text(q.to_users),
        [](const ServiceVariant& v) { return scale_text(v.numbers.time_to_scale_s); });
    row(table, "single points",
        [](const ServiceVariant& v) { return std::to_string(v.numbers.single_points); });
    row(table, "security findings", [](const ServiceVariant& v) -> std::string {
      return v.security_findings ? std::to_string(*v.security_findings) : "not known";
    });
  }

  /// Worst cases that do not end alike.
  void add_verdicts(Table& table) const {
    for (const auto& known : models_.variants.front().survival) {
      const auto verdict = [&](const ServiceVariant& v) -> std::string {
        const auto found =
            std::find_if(v.survival.begin(), v.survival.end(), [&](const auto& other) {
              return other.worst_case == known.worst_case && other.mode == known.mode;
            });
        return found == v.survival.end() ? "–" : std::string(findings::name_of(found->survives));
      };
      const bool differs = std::any_of(
          models_.variants.begin(), models_.variants.end(),
          [&](const ServiceVariant& v) { return verdict(v) != verdict(models_.variants.front()); });
      if (differs) {
        row(table, case_title(known.worst_case, known.mode), verdict);
      }
    }
  }

  void add_operating(Table& table) const {
    for (const auto& task : models_.variants.front().operates) {
      row(table, task.task, [&](const ServiceVariant& v) -> std::string {
        const auto found = std::find_if(v.operates.begin(), v.operates.end(),
                                        [&](const auto& o) { return o.task == task.task; });
        return found == v.operates.end()
                   ? "–"
                   : fmt::format("you {}, shared {}, provider {}", found->by_you, found->shared,
                                 found->by_provider);
      });
    }
    row(table, "you work a month", [](const ServiceVariant& v) {
      double low = 0;
      double high = 0;
      for (const auto& task : v.operates) {
        low += task.hours_low;
        high += task.hours_high;
      }
      return hours_text(low, high);
    });
    row(table, "planned work", [](const ServiceVariant& v) {
      return fmt::format("{:.0f} to {:.0f} min a year", v.planned_low, v.planned_high);
    });
  }

  void write_break_even() {
    title("loads at which another is the cheaper one");
    if (models_.break_even.empty()) {
      line("  none up to 10,000,000 users, or as many as both can carry");
    }
    constexpr std::size_t kMostTold = 12;
    for (std::size_t i = 0; i < std::min(models_.break_even.size(), kMostTold); ++i) {
      const auto& at = models_.break_even[i];
      line(fmt::format("  from {} users on {} ({} a month) instead of {}{}", count_text(at.users),
                       model_title(at.above), findings::money_text(at.cost), model_title(at.below),
                       at.is_complete ? "" : ", as far as both are priced"));
    }
    if (models_.break_even.size() > kMostTold) {
      line(fmt::format("  and {} more: -o json", models_.break_even.size() - kMostTold));
    }
  }

  void write_steps() {
    for (const ServiceVariant& variant : models_.variants) {
      if (variant.is_as_it_is) {
        continue;
      }
      title(model_title(variant.numbers.name));
      for (const auto& step : variant.steps) {
        line("  " + base::printable(step_text(step)));
      }
    }
  }

  [[nodiscard]] static std::string step_text(const findings::TwinStep& step) {
    if (step.what == "replaced") {
      return fmt::format("{}: {} → {}{}; lock-in {}: {}", step.component, step.from, step.to,
                         step.why.empty() ? "" : ", " + step.why, step.lock_in, step.lock_in_why);
    }
    if (step.what == "had_it") {
      return fmt::format("{}: {} is that already", step.component, step.from);
    }
    return fmt::format("{}: {} stays; {}{}", step.component, step.from,
                       step.what == "ruled_out" ? "ruled out: " : "", step.why);
  }

  void write_unpriced() {
    for (const ServiceVariant& variant : models_.variants) {
      if (!variant.unpriced.empty()) {
        title("without a price, " + model_title(variant.numbers.name));
        line("  " + base::printable(base::join_words(variant.unpriced, 6)));
      }
    }
  }

  void write_sources() {
    title("hours and minutes");
    for (const std::string& source : models_.variants.front().sources) {
      line("  " + source);
    }
    if (!models_.variants.front().security_findings ||
        std::any_of(models_.variants.begin(), models_.variants.end(),
                    [](const auto& v) { return !v.security_findings; })) {
      line("firewall rules and grants are no part of a twin: its security is not known");
    }
  }

  const ServiceModelsContent& content_;
  const findings::ServiceModels& models_;
  const TextStyle& style_;
  std::string out_;
};

}  // namespace

std::string model_title(std::string_view variant) {
  return variant == "as_is"  ? "as it is"
         : variant == "iaas" ? "rented servers"
         : variant == "paas" ? "managed services"
                             : "serverless";
}

std::string service_models_text(const ServiceModelsContent& content, const TextStyle& style) {
  return ServiceModelsText(content, style).write();
}

}  // namespace outlast::report
