#include "reproduction/reproduce.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/document.h"
#include "base/text.h"
#include "incidents/archive.h"
#include "reproduction/read_reproduction.h"

namespace outlast::reproduction {
namespace {

class Reproducer {
 public:
  Reproducer(base::Sources& sources, base::Diagnostics& diagnostics)
      : sources_(sources), diagnostics_(diagnostics) {}

  void add(const std::string& path, std::string text) {
    const auto source = sources_.add(path, std::move(text), "");
    const auto documents = base::parse_yaml(sources_, source, diagnostics_);
    for (std::size_t i = 0; documents && i < documents->size(); ++i) {
      auto read = read_reproduction((*documents)[i].root(), diagnostics_);
      if (!read) {
        continue;
      }
      const incidents::Incident* incident = incidents::find_incident(read->incident);
      if (incident == nullptr) {
        diagnostics_.error("OUT-I003", (*documents)[i].root()["reproduction"].span(),
                           fmt::format("there is no incident \"{}\"", read->incident),
                           "outlast incidents lists them");
        continue;
      }
      held.push_back(held_against(std::move(*read), *incident));
    }
  }

  std::vector<Held> held;

 private:
  base::Sources& sources_;
  base::Diagnostics& diagnostics_;
};

}  // namespace

std::vector<Held> reproduce(const std::string& which, const base::FileSource& files,
                            base::Sources& sources, base::Diagnostics& diagnostics) {
  Reproducer reproducer(sources, diagnostics);
  bool is_known = false;
  for (const Written& written : archive()) {
    if (which.empty() || which == written.incident) {
      is_known = true;
      reproducer.add(fmt::format("{}.yaml", written.incident), std::string(written.text));
    }
  }
  if (is_known) {
    return std::move(reproducer.held);
  }
  constexpr std::size_t kMostBytes = std::size_t{1} << 20U;
  auto bytes = files.read(which, kMostBytes);
  auto text = bytes ? base::to_utf8(std::move(*bytes))
                    : base::Result<std::string>(base::fail(bytes.error().message, ""));
  if (text) {
    reproducer.add(which, std::move(*text));
  } else {
    const auto ids = reproduced_ids();
    const std::vector<std::string_view> known(ids.begin(), ids.end());
    diagnostics.error("OUT-I001", {}, fmt::format("there is no reproduction \"{}\"", which),
                      base::suggest(which, known));
  }
  return std::move(reproducer.held);
}

std::vector<std::string> reproduced_ids() {
  std::vector<std::string> ids;
  for (const Written& written : archive()) {
    ids.emplace_back(written.incident);
  }
  return ids;
}

}  // namespace outlast::reproduction
