// How much of public plans and states hangs together. A managed resource is connected if it is
// linked to another one by the catalog's rules or folded into it, or refers to another one or is
// referred to, by the configuration, by the dependencies of a state, or by a value that names it.
// So is what a firewall's rule lets in or protects by a tag. What hangs on something that no input
// holds is no part of the share. The share is printed for each file; what stands alone is named.
// What the catalog knows as no element of the model (an enabled API, a random number) may stand
// alone and is not counted then.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/file_source.h"
#include "catalog/meaning.h"
#include "catalog/passes.h"
#include "import/import.h"
#include "support/root.h"

namespace outlast::catalog {
namespace {

using base::Node;

std::vector<std::string> plans_and_states() {
  namespace fs = std::filesystem;
  const fs::path corpus = fs::path(support::project_root()) / "../shared/corpus/terraform";
  std::vector<std::string> files;
  if (fs::exists(corpus)) {
    for (const auto& entry : fs::recursive_directory_iterator(corpus)) {
      const std::string name = entry.path().filename().string();
      if (name == "plan.json" || name.find("state") != std::string::npos) {
        if (entry.is_regular_file()) {
          files.push_back(entry.path().string());
        }
      }
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

class Connections {
 public:
  Connections(const blueprint::Draft& draft, const Catalog& catalog,
              const std::vector<blueprint::DraftNetworkRule>& rules)
      : draft_(draft),
        graph_(draft, catalog),
        folding_(graph_),
        connected_(graph_.size()),
        hangs_outside_(graph_.size()) {
    for (const Link& link : graph_.links()) {
      join(link.source, link.naming.targets);
      join(link.subject, link.naming.targets);
      hangs_outside_[link.source.index] =
          hangs_outside_[link.source.index] || !link.naming.outside.empty();
    }
    join_by_rules(rules);
    for (const ResourceId id : base::ids<ResourceId>(graph_.size())) {
      for (const blueprint::Reference& reference : draft.resources[id].references) {
        join(id, reference.targets);
      }
      join(id, folding_.owners(id));
      visit(id, draft.resources[id].attributes);
    }
  }

  struct Count {
    std::size_t all = 0;             ///< managed resources
    std::size_t lonely_helpers = 0;  ///< not connected, and no element of the model
    std::size_t outside = 0;         ///< not connected to what is here, but to what is not
    std::vector<std::string> alone;  ///< not connected, and an element of it
  };
  [[nodiscard]] Count count() const {
    Count count;
    for (const ResourceId id : base::ids<ResourceId>(graph_.size())) {
      if (draft_.resources[id].is_context) {
        continue;
      }
      ++count.all;
      if (!connected_[id.index] && graph_.entry(id).becomes == Becomes::helper) {
        ++count.lonely_helpers;
      } else if (!connected_[id.index] && hangs_outside_[id.index]) {
        ++count.outside;
      } else if (!connected_[id.index]) {
        count.alone.push_back(draft_.resources[id].address);
      }
    }
    return count;
  }

 private:
  void join(ResourceId from, const std::vector<ResourceId>& targets) {
    for (const ResourceId target : targets) {
      if (target != from) {
        connected_[from.index] = connected_[target.index] = true;
      }
    }
  }

  void join_by_rules(const std::vector<blueprint::DraftNetworkRule>& rules) {
    std::map<std::string, ResourceId> at;
    for (const ResourceId id : base::ids<ResourceId>(graph_.size())) {
      at.emplace(draft_.resources[id].address, id);
    }
    for (const blueprint::DraftNetworkRule& rule : rules) {
      const auto from = at.find(rule.evidence.address);
      for (const auto* named : {&rule.subjects, &rule.peer_components}) {
        for (const std::string& component : *named) {
          const auto to = at.find(component);
          if (from != at.end() && to != at.end()) {
            join(from->second, {to->second});
          }
        }
      }
    }
  }

  void visit(ResourceId id, Node value) {
    if (value.size() == 0) {
      join(id, graph_.mentioned_in(value.text()));
    }
    for (std::size_t i = 0; i < value.size(); ++i) {
      visit(id, value.at(i));
    }
  }

  const blueprint::Draft& draft_;
  ResourceGraph graph_;
  Folding folding_;
  std::vector<bool> connected_;
  std::vector<bool> hangs_outside_;
};

TEST(CorpusConnected, MostResourcesOfPlansHangTogether) {
  const auto files = plans_and_states();
  if (files.empty()) {
    GTEST_SKIP() << "the corpus of public files is not there";
  }
  std::size_t elements = 0;
  std::size_t isolated = 0;
  for (const std::string& file : files) {
    base::Sources sources;
    base::Diagnostics diagnostics;
    const auto imported = import::import_inputs({file}, base::DiskFiles(), sources, diagnostics);
    if (imported.draft.resources.empty()) {
      continue;
    }
    auto read = import::import_inputs({file}, base::DiskFiles(), sources, diagnostics);
    read_meaning(read.draft, Catalog::built_in(), diagnostics);
    const auto count =
        Connections(imported.draft, Catalog::built_in(), read.draft.network_rules).count();
    const std::size_t connected =
        count.all - count.lonely_helpers - count.outside - count.alone.size();
    fmt::print("{:3} of {:3} connected, {:2} others that may stand alone, {} outside  {}\n",
               connected, count.all, count.lonely_helpers, count.outside,
               file.substr(file.find("terraform/")));
    for (const std::string& address : count.alone) {
      fmt::print("    alone: {}\n", address);
    }
    if (file.ends_with("plan.json")) {
      elements += connected + count.alone.size();
      isolated += count.alone.size();
    }
  }
  const double share = static_cast<double>(elements - isolated) / static_cast<double>(elements);
  fmt::print("plans: {} of {} elements, {:.1f} %\n", elements - isolated, elements, 100 * share);
  EXPECT_GE(share, 0.95);
}

}  // namespace
}  // namespace outlast::catalog
