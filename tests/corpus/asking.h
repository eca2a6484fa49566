#pragma once

// The program asked about public inputs that nobody here wrote. They are no part of the project: they
// are read in place, below OUTLAST_CORPUS or ../shared/corpus, and tests skip without them.

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/document.h"
#include "base/file_source.h"
#include "base/text.h"
#include "support/root.h"

namespace outlast {

using base::Node;

inline std::string corpus() {
  const char* named = std::getenv("OUTLAST_CORPUS");
  return named != nullptr ? named : support::project_root() + "/../shared/corpus";
}

inline std::string bytes_of(const std::string& path) {
  const auto bytes = base::DiskFiles().read(path, std::size_t{1} << 30U);
  return bytes ? *bytes : "";
}

/// A line of CASES.tsv.
struct Case {
  std::string name;
  std::set<int> statuses;
  std::vector<std::string> files;
};

inline std::vector<Case> cases_of_table() {
  std::vector<Case> all;
  const std::string table = bytes_of(corpus() + "/CASES.tsv");
  for (const std::string_view line : base::split(table, '\n')) {
    const auto fields = base::split(line, '\t');
    if (line.empty() || line.front() == '#' || fields.size() < 3) {
      continue;
    }
    Case one{std::string(fields[0]), {}, {}};
    for (const std::string_view status : base::split(fields[1], ',')) {
      one.statuses.insert(std::atoi(std::string(status).c_str()));
    }
    for (const std::string_view file : base::split(fields[2], ' ')) {
      one.files.emplace_back(file);
    }
    all.push_back(std::move(one));
  }
  return all;
}

/// One run of the program.
struct Answer {
  int status = -1;
  std::string out;  ///< what it printed
};

/// in  errors  where the second stream goes
inline Answer ask(const Case& one, const std::string& options, const std::string& errors = "2>&1") {
  std::string command = "cd '" + corpus() + "' && '" OUTLAST_BINARY "' check " + options;
  for (const std::string& file : one.files) {
    command += " '" + file + "'";
  }
  Answer result;
  std::FILE* pipe = ::popen((command + " " + errors).c_str(), "r");
  if (pipe == nullptr) {
    return result;
  }
  std::array<char, 65536> buffer{};
  for (std::size_t got = 1; got > 0;) {
    got = std::fread(buffer.data(), 1, buffer.size(), pipe);
    result.out.append(buffer.data(), got);
  }
  const int ended = ::pclose(pipe);
  result.status = WIFEXITED(ended) ? WEXITSTATUS(ended) : -1;
  return result;
}

/// A JSON text, read.
struct Parsed {
  explicit Parsed(std::string text) {
    const auto id = sources.add("report.json", std::move(text), "");
    document = base::parse_json(sources, id, diagnostics);
  }
  [[nodiscard]] Node root() const { return document ? document->root() : Node(); }

  base::Sources sources;
  base::Diagnostics diagnostics;
  std::optional<base::Document> document;
};

/// The findings of a rule about a component.
inline std::vector<Node> findings(const Parsed& report, std::string_view rule,
                                  std::string_view component) {
  std::vector<Node> found;
  const Node all = report.root()["findings"];
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Node components = all.at(i)["components"];
    for (std::size_t j = 0; j < components.size(); ++j) {
      if (all.at(i)["rule"].text() == rule && components.at(j).text() == component) {
        found.push_back(all.at(i));
      }
    }
  }
  return found;
}

/// What an expert expects of an input.
struct Item {
  const char* input;
  const char* rule;
  const char* component;
  const char* written_at;  ///< the address of some evidence
};

inline bool stands_at(Node finding, std::string_view address) {
  const Node evidence = finding["evidence"];
  for (std::size_t i = 0; i < evidence.size(); ++i) {
    if (evidence.at(i)["address"].text() == address) {
      return true;
    }
  }
  return false;
}

class Corpus : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const Case& one : cases_of_table()) {
      const bool is_there =
          std::all_of(one.files.begin(), one.files.end(), [](const std::string& file) {
            return ::access((corpus() + "/" + file).c_str(), R_OK) == 0;
          });
      if (is_there) {
        cases_.push_back(one);
      }
    }
    if (cases_.empty()) {
      GTEST_SKIP() << "no corpus case is present below " << corpus();
    }
  }

  /// The report of a case; fails the test where the case is not there.
  [[nodiscard]] Parsed report(const std::string& name) const {
    for (const Case& one : cases_) {
      if (one.name == name) {
        return Parsed(ask(one, "-o json", "2>/dev/null").out);
      }
    }
    ADD_FAILURE() << "there is no case " << name;
    return Parsed("{}");
  }

  /// Found once, at the address where it is written.
  static void expect_at(const Parsed& json, const Item& item) {
    const auto told = findings(json, item.rule, item.component);
    ASSERT_EQ(told.size(), 1U) << item.input << ": " << item.rule << " " << item.component;
    EXPECT_TRUE(stands_at(told[0], item.written_at))
        << item.rule << " of " << item.component << " does not stand at " << item.written_at;
  }

  std::vector<Case> cases_;
};

}  // namespace outlast
