#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "base/units.h"
#include "report/comparison.h"
#include "report/cost.h"
#include "report/service_models.h"
#include "report/words.h"

namespace outlast::report {

using findings::count_text;
using findings::ServiceVariant;

namespace {

std::string hours_text(double low, double high) {
  const auto text = [](double hours) {
    return hours < 100 ? fmt::format("{:.3g}", hours) : fmt::format("{:.0f}", hours);
  };
  return fmt::format("{} to {} h", text(low), text(high));
}

/// "$273.45, 1 per use": of what is priced, and how much is billed for use that nobody stated.
std::string cost_text(const std::optional<base::Money>& month, std::size_t open) {
  return (month ? findings::money_text(*month) : "not known") +
         (open > 0 ? fmt::format(", {} per use", open) : "");
}

class RowMaker {
 public:
  explicit RowMaker(const ServiceModelsContent& content)
      : content_(content), models_(content.models) {}

  std::vector<std::vector<std::string>> make() {
    add_numbers();
    add_verdicts();
    add_operating();
    return std::move(rows_);
  }

 private:
  template <class Tell>
  void row(std::string name, Tell tell) {
    auto& cells = rows_.emplace_back();
    cells.push_back(std::move(name));
    for (const ServiceVariant& variant : models_.variants) {
      cells.push_back(tell(variant));
    }
  }

  void add_numbers() {
    row("availability", [](const ServiceVariant& v) -> std::string {
      const auto& a = v.numbers.availability;
      return a ? base::format_availability(a->value) : "nobody served";
    });
    row("down a year", [](const ServiceVariant& v) -> std::string {
      const auto& a = v.numbers.availability;
      return a ? base::format_duration({(1 - a->value) * base::kSecondsPerYear}) : "–";
    });
    const auto& q = content_.surge;
    row("cost a month",
        [](const ServiceVariant& v) { return cost_text(v.numbers.cost_month, v.numbers.open); });
    row("scaled to " + count_text(q.from_users),
        [](const ServiceVariant& v) { return cost_text(v.cost_at_users, v.open_at_users); });
    row("lines unpriced",
        [](const ServiceVariant& v) { return std::to_string(v.numbers.unpriced); });
    row("carries " + count_text(q.to_users),
        [](const ServiceVariant& v) { return scale_text(v.numbers.time_to_scale_s); });
    row("single points",
        [](const ServiceVariant& v) { return std::to_string(v.numbers.single_points); });
    row("security findings",
        [](const ServiceVariant& v) { return std::to_string(v.security_findings); });
    row("ways to data", [](const ServiceVariant& v) { return ways_text(v.numbers); });
  }

  /// Worst cases that do not end alike.
  void add_verdicts() {
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
        row(case_title(known.worst_case, known.mode), verdict);
      }
    }
  }

  void add_operating() {
    for (const auto& task : models_.variants.front().numbers.operates) {
      row(task.task, [&](const ServiceVariant& v) -> std::string {
        const auto found = std::find_if(v.numbers.operates.begin(), v.numbers.operates.end(),
                                        [&](const auto& o) { return o.task == task.task; });
        return found == v.numbers.operates.end()
                   ? "–"
                   : fmt::format("you {}, shared {}, provider {}", found->by_you, found->shared,
                                 found->by_provider);
      });
    }
    row("you work a month", [](const ServiceVariant& v) {
      double low = 0;
      double high = 0;
      for (const auto& task : v.numbers.operates) {
        low += task.hours_low;
        high += task.hours_high;
      }
      return hours_text(low, high);
    });
    row("a first release", [](const ServiceVariant& v) {
      return hours_text(v.first_release_low, v.first_release_high) + " of work";
    });
    row("planned work", [](const ServiceVariant& v) {
      return fmt::format("{:.0f} to {:.0f} min a year", v.planned_low, v.planned_high);
    });
  }

  const ServiceModelsContent& content_;
  const findings::ServiceModels& models_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace

std::string model_title(std::string_view variant) {
  return variant == "as_is"  ? "as it is"
         : variant == "iaas" ? "rented servers"
         : variant == "paas" ? "managed services"
                             : "serverless";
}

std::vector<std::vector<std::string>> service_model_rows(const ServiceModelsContent& content) {
  return RowMaker(content).make();
}

std::vector<std::string> break_even_texts(const findings::ServiceModels& models) {
  constexpr std::size_t kMostTold = 12;
  const auto priced = [](bool is_complete) {
    return is_complete ? "" : ", as far as both are priced";
  };
  std::vector<std::string> texts;
  for (const auto& at : models.break_even.at) {
    texts.push_back(fmt::format("from {} users on {} ({} a month) instead of {}{}",
                                count_text(at.users), model_title(at.above),
                                findings::money_text(at.cost), model_title(at.below),
                                priced(at.is_complete)));
  }
  if (texts.size() > kMostTold) {
    const std::size_t more = texts.size() - kMostTold;
    texts.resize(kMostTold);
    texts.push_back(fmt::format("and {} more: -o json", more));
  }
  for (const auto& one : models.break_even.never) {
    texts.push_back(fmt::format("always {} instead of {}, up to {} users{}",
                                model_title(one.cheaper), model_title(one.dearer),
                                count_text(one.up_to_users), priced(one.is_complete)));
  }
  if (texts.empty()) {
    texts.push_back("none: fewer than two have a price, or all cost the same");
  }
  return texts;
}

std::string step_text(const findings::TwinStep& step) {
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

std::string cloud_hint(const findings::ServiceModels& models) {
  const bool is_one = models.without_cloud == 1;
  return models.without_cloud == 0
             ? ""
             : fmt::format(
                   "of {} component{} no cloud is named whose services could stand in: say "
                   "whose with --cloud aws, --cloud gcp or --cloud azure",
                   models.without_cloud, is_one ? "" : "s");
}

}  // namespace outlast::report
