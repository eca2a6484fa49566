#include "report/cost.h"
#include "report/json_parts.h"

namespace outlast::report {

using engines::cost::Line;
using engines::cost::LineState;

namespace {

double dollars(base::Money money) {
  return static_cast<double>(money.micro_usd) / 1e6;
}

void member_or_null(base::JsonWriter& json, std::string_view key, const std::string& text) {
  json.key(key);
  text.empty() ? json.null() : json.value(text);
}

void write_price(base::JsonWriter& json, const Line& line) {
  json.key("price");
  if (line.usd.empty()) {
    json.null();
    return;
  }
  json.begin_object();
  member_or_null(json, "service", line.service);
  member_or_null(json, "sku", line.sku);
  member_or_null(json, "region", line.region);
  json.member("usd", line.usd);
  json.member("per", line.per);
  json.member("unit", line.unit);
  member_or_null(json, "discount", line.discount);
  json.member("source", line.source);
  member_or_null(json, "as_of", line.as_of);
  json.member("trust", line.trust);
  json.end_object();
}

void write_line(base::JsonWriter& json, LineFinder& lines, const Line& line) {
  json.begin_object();
  member_or_null(json, "component", line.component);
  json.member("address", line.address);
  member_or_null(json, "what", line.what);
  json.member("state", engines::cost::name_of(line.state));
  json.member("basis", line.is_per_use ? "per_use" : "fixed");
  json.key("month");
  line.state == LineState::priced ? json.value(dollars(line.monthly)) : json.null();
  member_or_null(json, "quantity", line.quantity);
  write_price(json, line);
  member_or_null(json, "why", line.why);
  json.key("evidence");
  write_evidence(json, lines, line.evidence);
  json.end_object();
}

}  // namespace

void write_cost(base::JsonWriter& json, LineFinder& lines,
                const std::optional<findings::Cost>& cost) {
  json.key("cost");
  if (!cost) {
    json.null();
    return;
  }
  const auto& bill = cost->bill;
  json.begin_object();
  json.member("currency", "USD");
  json.member("unpriced_fraction", bill.unpriced_share);
  json.member("unpriced_lines", bill.unpriced);
  json.member("open_lines", bill.open);
  json.member("month", dollars(bill.monthly));
  json.member("month_fixed", dollars({bill.monthly.micro_usd - bill.per_use.micro_usd}));
  json.member("month_per_use", dollars(bill.per_use));
  json.key("budget");
  cost->budget ? json.value(dollars(*cost->budget)) : json.null();
  json.member("within_budget", cost->is_within_budget);
  json.member("month_idle", dollars(cost->idle_monthly));
  write_list(json, "idle", cost->idle, [&](const findings::Waste& waste) {
    json.begin_object();
    json.member("rule", waste.rule);
    json.member("addresses", waste.addresses);
    json.member("saves_month", dollars(waste.saves));
    json.member("hours_lost_per_year", waste.hours_lost_per_year);
    json.end_object();
  });
  write_list(json, "expected_loss", cost->losses, [&](const findings::JourneyLoss& loss) {
    json.begin_object();
    json.member("journey", loss.journey);
    json.member("year", dollars(loss.per_year));
    json.member("year_low", dollars(loss.low));
    json.member("year_high", dollars(loss.high));
    json.end_object();
  });
  write_list(json, "loss_of_cases", cost->case_losses, [&](const findings::CaseLoss& loss) {
    json.begin_object();
    json.member("case", loss.worst_case);
    json.member("mode", loss.mode);
    json.member("scope", loss.scope);
    json.member("once", dollars(loss.once));
    json.end_object();
  });
  json.member("expected_credit_year", dollars(cost->credits_per_year));
  write_list(json, "expected_credits", cost->credits, [&](const findings::ExpectedCredit& credit) {
    json.begin_object();
    json.member("component", credit.component);
    json.member("year", dollars(credit.per_year));
    json.member("source", credit.source);
    json.member("as_of", credit.as_of);
    json.member("trust", credit.trust);
    json.end_object();
  });
  write_list(json, "by_users", cost->by_users, [&](const findings::CostAtLoad& at) {
    json.begin_object();
    json.member("users", at.users);
    json.member("month", dollars(at.monthly));
    json.end_object();
  });
  write_list(json, "lines", bill.lines, [&](const Line& line) { write_line(json, lines, line); });
  json.end_object();
}

}  // namespace outlast::report
