// How releases reach a component, as its input tells it.
//
// What brings releases (a canary, a deployment group) says more than what runs them, so parts are
// read before their owner, and all of it from the first that says anything: a canary's steps and a
// Deployment's batches are not mixed; only what stops a step may be told by another part. Steps are
// shares reached so far; where only the size of a batch is told they follow from it and from the number
// of replicas.

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/units.h"
#include "catalog/field_reader.h"
#include "catalog/passes.h"

namespace outlast::catalog {

using blueprint::DraftComponent;
using blueprint::Rollout;
using blueprint::Value;

namespace {

std::optional<double> whole_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_whole = error == std::errc() && end == text.data() + text.size() && value >= 0;
  return is_whole ? std::optional(value) : std::nullopt;
}

/// "20", "20%": both are a fifth.
std::optional<double> step_in(std::string_view text) {
  constexpr double kPercent = 100;
  if (const auto number = whole_number(text)) {
    return *number / kPercent;
  }
  const auto share = base::parse_share(text);
  return share ? std::optional(share->value) : std::nullopt;
}

/// "300", "5m", "PT5M".
Value<base::Seconds> seconds_in(const Value<std::string>& written) {
  if (!written.is_known()) {
    return written.is_unknown() ? Value<base::Seconds>::unknown(written.span())
                                : Value<base::Seconds>();
  }
  std::string text = *written;
  if (text.starts_with("PT")) {
    text = text.substr(2);
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) {
      return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    });
  }
  if (const auto number = whole_number(text)) {
    return Value<base::Seconds>::of({*number}, written.provenance(), written.span());
  }
  const auto parsed = base::parse_duration(text);
  return parsed ? Value<base::Seconds>::of(*parsed, written.provenance(), written.span())
                : Value<base::Seconds>::unknown(written.span());
}

/// Share of the replicas that are changed at a time: "25%", "0.1", or so many of them.
std::optional<double> batch_of(const std::vector<Value<std::string>>& written,
                               const Value<std::int64_t>& replicas) {
  double share = 0;
  double count = 0;
  for (const auto& one : written) {
    if (!one.is_known()) {
      return std::nullopt;
    }
    const auto number = whole_number(*one);
    const auto part = base::parse_share(*one);
    if (!number && !part) {
      return std::nullopt;
    }
    const bool is_share = !number || (*number > 0 && *number < 1);
    (is_share ? share : count) += number ? *number : part->value;
  }
  if (!replicas.is_known()) {
    return count > 0 || share <= 0 ? std::nullopt : std::optional(share);
  }
  const auto all = static_cast<double>(std::max<std::int64_t>(1, *replicas));
  return std::max(1.0, std::floor(share * all + count)) / all;
}

void add_batches(double batch, double most, Rollout& rollout) {
  constexpr std::size_t kMostSteps = 100;
  constexpr double kRounding = 1e-9;
  const double size = std::max(batch, 1.0 / kMostSteps);
  for (double reached = size; reached < 1 - kRounding && reached <= most + kRounding;
       reached += size) {
    rollout.steps.push_back({reached});
  }
  if (rollout.steps.empty()) {
    rollout.steps.push_back({1});  // known: the first step is the last
  }
}

void read_steps(const FieldReader& reader, const Value<std::int64_t>& replicas, Rollout& rollout) {
  for (const auto& written : reader.texts(Field::rollout_steps)) {
    const auto share = written.is_known() ? step_in(*written) : std::nullopt;
    if (!share) {
      rollout.steps.clear();
      return;
    }
    if (*share > 0 && *share <= 1) {
      rollout.steps.push_back({*share});
    }
  }
  if (!rollout.steps.empty()) {
    std::sort(rollout.steps.begin(), rollout.steps.end());
    return;
  }
  const auto batches = reader.texts(Field::rollout_batch);
  const auto most = reader.text(Field::rollout_most);
  std::optional<double> batch;
  if (!batches.empty() && most.is_known()) {
    batch = batches.front().is_known() ? step_in(*batches.front()) : std::nullopt;  // of traffic
  } else if (!batches.empty()) {
    batch = batch_of(batches, replicas);
  }
  if (batch) {
    add_batches(*batch, most.is_known() ? step_in(*most).value_or(1) : 1, rollout);
  }
}

Value<base::Share> gate_of(const Value<std::string>& written) {
  if (!written.is_known()) {
    return {};
  }
  const auto share = base::parse_share(*written);
  return share ? Value<base::Share>::of(*share, written.provenance(), written.span())
               : Value<base::Share>::unknown(written.span());
}

void read_gates(const FieldReader& reader, Rollout& rollout) {
  rollout.watched.fill(reader.boolean(Field::rollout_watched));
  rollout.starts_checked.fill(reader.boolean(Field::rollout_starts_checked));
}

/// False where the resource does not tell how releases are rolled out.
bool read_from(const FieldReader& reader, const Value<std::int64_t>& replicas, Rollout& rollout) {
  const auto strategy = reader.text(Field::rollout_strategy);
  if (strategy.is_unset()) {
    return false;
  }
  rollout.strategy = strategy;
  read_gates(reader, rollout);
  if (strategy.is_unknown()) {
    return false;
  }
  if (*strategy == "rolling" || *strategy == "canary") {
    read_steps(reader, replicas, rollout);
  }
  rollout.bake = seconds_in(reader.text(Field::rollout_bake));
  rollout.gate = gate_of(reader.text(Field::rollout_gate));
  return true;
}

}  // namespace

void read_rollouts(const Sight& sight, ResourceId id, DraftComponent& c) {
  const auto reader_of = [&](ResourceId of) {
    return FieldReader(sight.graph.resource(of), sight.graph.entry(of));
  };
  const std::vector<ResourceId>& parts = sight.folding.parts(id);
  bool is_told = false;
  for (const ResourceId part : parts) {
    if (is_told) {
      read_gates(reader_of(part), c.rollout);  // steps may stand in one, what stops them in another
    } else {
      is_told = read_from(reader_of(part), c.replicas, c.rollout);
    }
  }
  // What a part leaves open its owner does not settle.
  if (!is_told && c.rollout.strategy.is_unset()) {
    (void)read_from(reader_of(id), c.replicas, c.rollout);
  }
  c.configuration.strategy = reader_of(id).text(Field::config_strategy);
}

}  // namespace outlast::catalog
