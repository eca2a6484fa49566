#include "settings/ignores.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "findings/rules.h"

namespace outlast::settings {

using base::Node;
using base::NodeKind;

namespace {

constexpr std::string_view kKeys[] = {"id", "address", "reason", "until"};

class IgnoreReader {
 public:
  IgnoreReader(Node map, base::Diagnostics& diagnostics) : map_(map), diagnostics_(diagnostics) {}

  std::optional<gate::Ignore> read() {
    if (!map_.is(NodeKind::map)) {
      wrong(map_.span(), "an ignore is a map", "write it as {id: OUT-A001, reason: …}");
      return std::nullopt;
    }
    for (std::size_t i = 0; i < map_.size(); ++i) {
      const std::string_view key = map_.key(i);
      if (std::find(std::begin(kKeys), std::end(kKeys), key) == std::end(kKeys)) {
        wrong(map_.key_span(i), fmt::format("unknown key \"{}\" in an ignore", key),
              base::suggest(key, kKeys));
      }
    }
    gate::Ignore ignore;
    ignore.span = map_.span();
    ignore.rule = wanted("id");
    ignore.reason = wanted("reason");
    if (!map_["address"].text().empty()) {
      ignore.addresses = {std::string(map_["address"].text())};
    }
    check_rule(ignore.rule);
    if (map_["until"].exists()) {
      ignore.until = base::parse_date(map_["until"].text());
      if (!ignore.until) {
        wrong(map_["until"].span(), fmt::format("until: \"{}\" is no date", map_["until"].text()),
              "write it as 2027-01-31");
      }
    }
    return ignore;
  }

 private:
  void wrong(base::Span span, std::string message, std::string help = "") {
    diagnostics_.error("OUT-E1404", span, std::move(message), std::move(help));
  }

  std::string wanted(std::string_view key) {
    const Node value = map_[key];
    if (base::trim(value.text()).empty()) {
      wrong(value.exists() ? value.span() : map_.span(), fmt::format("an ignore needs {}", key),
            "each has an id and a reason");
    }
    return std::string(base::trim(value.text()));
  }

  void check_rule(const std::string& id) {
    std::vector<std::string_view> ids;
    for (const findings::Rule& rule : findings::all_rules()) {
      ids.push_back(rule.id);
    }
    if (!id.empty() && std::find(ids.begin(), ids.end(), id) == ids.end()) {
      wrong(map_["id"].span(), fmt::format("there is no rule {}", id), base::suggest(id, ids));
    }
  }

  Node map_;
  base::Diagnostics& diagnostics_;
};

}  // namespace

std::vector<gate::Ignore> read_ignores(Node list, base::Diagnostics& diagnostics) {
  std::vector<gate::Ignore> all;
  if (!list.is(NodeKind::list)) {
    diagnostics.error("OUT-E1404", list.span(), "ignores: expected a list",
                      "write each as - {id: OUT-A001, reason: …}");
    return all;
  }
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (auto ignore = IgnoreReader(list.at(i), diagnostics).read()) {
      all.push_back(std::move(*ignore));
    }
  }
  return all;
}

}  // namespace outlast::settings
