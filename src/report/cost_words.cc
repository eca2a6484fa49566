#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>

#include "base/text.h"
#include "base/units.h"
#include "findings/surge.h"
#include "report/cost.h"
#include "report/words.h"

namespace outlast::report {

using engines::cost::Line;
using engines::cost::LineState;
using findings::Cost;
using findings::money_text;

namespace {

constexpr std::size_t kMostNamed = 3;

/// "10,000" of "10000"; what is no whole number stays as it is.
std::string grouped(const std::string& number) {
  const bool is_whole = number.find_first_not_of("0123456789") == std::string::npos;
  return is_whole ? findings::count_text(std::strtod(number.c_str(), nullptr)) : number;
}

/// "a GB", "for 1,000,000 requests".
std::string unit_text(const Line& line) {
  const bool ends_in_y = line.unit.ends_with('y') && !line.unit.ends_with("ay");
  const std::string many =
      ends_in_y ? line.unit.substr(0, line.unit.size() - 1) + "ies" : line.unit + "s";
  return line.per == "1" ? "a " + line.unit : fmt::format("for {} {}", grouped(line.per), many);
}

/// Components by what their priced lines add up to, the dearest first.
std::vector<std::string> dearest(const Cost& cost) {
  std::map<std::string, std::int64_t> by_name;
  for (const Line& line : cost.bill.lines) {
    if (line.state == LineState::priced && line.monthly.micro_usd > 0) {
      by_name[line.component.empty() ? line.address : line.component] += line.monthly.micro_usd;
    }
  }
  std::vector<std::pair<std::int64_t, std::string>> order;
  for (const auto& [name, amount] : by_name) {
    order.emplace_back(-amount, name);
  }
  std::sort(order.begin(), order.end());
  std::vector<std::string> texts;
  for (const auto& [amount, name] : order) {
    texts.push_back(fmt::format("{} {}", name, money_text({-amount})));
  }
  return texts;
}

std::vector<std::string> those(const Cost& cost, LineState state) {
  std::vector<std::string> texts;
  for (const Line& line : cost.bill.lines) {
    if (line.state != state) {
      continue;
    }
    std::string text =
        line.what.empty() || state == LineState::unpriced
            ? fmt::format("{} ({})", line.address, line.why)
            : fmt::format("{} ({}, ${} {})", line.address, line.what, line.usd, unit_text(line));
    if (texts.empty() || texts.back() != text) {  // lines of one resource, for one reason
      texts.push_back(std::move(text));
    }
  }
  return texts;
}

std::vector<std::string> idle_texts(const Cost& cost) {
  std::vector<std::string> texts;
  for (const findings::Waste& waste : cost.idle) {
    const auto& hours = waste.hours_lost_per_year;
    texts.push_back(fmt::format("{} {}{}", waste.addresses.front(), money_text(waste.saves),
                                hours && *hours * 3600 >= 1
                                    ? fmt::format(" (without: down {} a year longer)",
                                                  base::format_duration({*hours * 3600}))
                                    : ""));
  }
  return texts;
}

/// How much of the bill hangs on prices that nobody read at their source.
std::string unread_text(const Cost& cost) {
  base::Money unread;
  for (const Line& line : cost.bill.lines) {
    const bool is_read = line.trust == "V" || line.trust == "own";
    if (line.state == LineState::priced && !is_read) {
      unread.micro_usd += line.monthly.micro_usd;
    }
  }
  return unread.micro_usd == 0
             ? ""
             : fmt::format("{} of {} a month rests on prices from memory, not read at their source",
                           money_text(unread), money_text(cost.bill.monthly));
}

std::vector<std::string> load_texts(const Cost& cost) {
  std::vector<std::string> texts;
  for (const findings::CostAtLoad& at : cost.by_users) {
    if (at.monthly > cost.bill.monthly) {
      texts.push_back(
          fmt::format("{} at {} users", money_text(at.monthly), findings::count_text(at.users)));
    }
  }
  return texts;
}

std::vector<std::string> loss_texts(const Cost& cost) {
  std::vector<std::string> texts;
  for (const findings::JourneyLoss& loss : cost.losses) {
    texts.push_back(fmt::format("{} a year of {} (between {} and {})", money_text(loss.per_year),
                                loss.journey, money_text(loss.low), money_text(loss.high)));
  }
  return texts;
}

/// What each case costs when it happens, behind its title.
std::vector<std::string> case_loss_texts(const Cost& cost) {
  std::vector<std::string> texts;
  for (const findings::CaseLoss& loss : cost.case_losses) {
    texts.push_back(
        fmt::format("{} ({})", case_title(loss.worst_case, loss.mode), money_text(loss.once)));
  }
  return texts;
}

}  // namespace

std::string share_text(double share) {
  const double percent = share * 100;
  return percent > 0 && percent < 1 ? "under 1 %" : fmt::format("{:.0f} %", percent);
}

std::string cost_text(const Cost& cost) {
  const auto& bill = cost.bill;
  const bool is_any_priced =
      std::any_of(bill.lines.begin(), bill.lines.end(),
                  [](const Line& line) { return line.state == LineState::priced; });
  std::string text = share_text(bill.unpriced_share) + " unpriced";
  if (!is_any_priced && bill.unpriced == 0) {
    return bill.open == 0 ? "" : fmt::format("{} prices per use, no use stated", bill.open);
  }
  if (is_any_priced) {
    text += fmt::format(" · {} a month", money_text(bill.monthly));
  }
  std::vector<std::string> parts;
  if (cost.idle_monthly.micro_usd > 0) {
    parts.push_back(money_text(cost.idle_monthly) + " idle");
  }
  if (bill.per_use.micro_usd > 0) {
    parts.push_back(money_text(bill.per_use) + " per use");
  }
  if (!parts.empty()) {
    text += ", of it " + base::join_words(parts);
  }
  return text;
}

std::string budget_text(const Cost& cost) {
  if (!cost.budget) {
    return "";
  }
  const auto& met = cost.is_within_budget;
  return fmt::format("budget {} {}", money_text(*cost.budget),
                     !met   ? "unknown"
                     : *met ? "met"
                            : "missed");
}

std::vector<std::string> cost_details(const Cost& cost) {
  std::vector<std::string> lines;
  const auto add = [&](std::string_view head, const std::vector<std::string>& items) {
    if (!items.empty()) {
      lines.push_back(fmt::format("{}: {}", head, base::join_words(items, kMostNamed)));
    }
  };
  add("most of it", dearest(cost));
  if (std::string unread = unread_text(cost); !unread.empty()) {
    lines.push_back(std::move(unread));
  }
  add("idle", idle_texts(cost));
  add("not priced", those(cost, LineState::unpriced));
  add("per use, use not stated", those(cost, LineState::open));
  add("with more users", load_texts(cost));
  add("outages are expected to cost in value lost", loss_texts(cost));
  add("once each of these costs in value lost", case_loss_texts(cost));
  if (!cost.losses.empty() || !cost.case_losses.empty()) {
    lines.emplace_back(
        "not in that: requests asked again and capacity added meanwhile, which `outlast simulate` "
        "bills, and traffic that goes other ways");
  }
  if (!cost.losses.empty() && cost.credits_per_year.micro_usd > 0) {
    lines.push_back(fmt::format("of outages providers are expected to pay back: {} a year",
                                money_text(cost.credits_per_year)));
  }
  return lines;
}

}  // namespace outlast::report
