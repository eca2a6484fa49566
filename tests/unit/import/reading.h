#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "base/file_source.h"
#include "import/import.h"

namespace outlast::import {

/// Inputs in memory, and what the importers made of them.
struct Reading {
  using Files = std::map<std::string, std::string>;

  explicit Reading(const Files& files) : Reading(files, names_of(files)) {}
  Reading(const Files& files, const std::vector<std::string>& paths)
      : imported(import_inputs(paths, base::MemoryFiles(files), sources, diagnostics)) {}
  /// One blueprint.
  explicit Reading(const std::string& yaml) : Reading(Files{{"a.yaml", yaml}}) {}
  explicit Reading(const char* yaml) : Reading(std::string(yaml)) {}

  [[nodiscard]] const blueprint::Draft& draft() const { return imported.draft; }
  [[nodiscard]] const blueprint::DraftComponent& component(std::size_t i = 0) const {
    return imported.draft.overlays.at(i);
  }
  /// The resource with this address; fails the test if there is none.
  [[nodiscard]] const blueprint::DraftResource& resource(const std::string& address) const {
    for (const auto& resource : imported.draft.resources) {
      if (resource.address == address) {
        return resource;
      }
    }
    ADD_FAILURE() << "there is no resource " << address;
    static const blueprint::DraftResource kNone;
    return kNone;
  }
  [[nodiscard]] bool has(const std::string& address) const {
    const auto& all = imported.draft.resources;
    return std::any_of(all.begin(), all.end(),
                       [&](const auto& resource) { return resource.address == address; });
  }
  /// Addresses of what an attribute refers to.
  [[nodiscard]] std::vector<std::string> targets(const std::string& address,
                                                 const std::string& path) const {
    std::vector<std::string> found;
    for (const auto& reference : resource(address).references) {
      if (reference.path == path) {
        for (const auto id : reference.targets) {
          found.push_back(imported.draft.resources[id].address);
        }
      }
    }
    return found;
  }
  /// What a span covers, as written.
  [[nodiscard]] std::string written(base::Span span) const {
    return sources.text(span.source).substr(span.begin, span.end - span.begin);
  }
  /// Every diagnostic in a line: code, place, sentence and remedy.
  [[nodiscard]] std::vector<std::string> told() const {
    std::vector<std::string> lines;
    for (const base::Diagnostic& d : diagnostics.items()) {
      std::string line = d.code;
      if (d.span.exists()) {
        const base::Position at = sources.position(d.span.source, d.span.begin);
        line += " " + std::to_string(at.line) + ":" + std::to_string(at.column);
      }
      line += " " + d.message;
      line += d.help.empty() ? "" : " | " + d.help;
      lines.push_back(line);
    }
    return lines;
  }
  [[nodiscard]] std::string text() const { return base::render(diagnostics, sources); }

  base::Sources sources;
  base::Diagnostics diagnostics;
  Imported imported;

 private:
  static std::vector<std::string> names_of(const Files& files) {
    std::vector<std::string> names;
    for (const auto& [name, bytes] : files) {
      names.push_back(name);
    }
    return names;
  }
};

using Lines = std::vector<std::string>;

}  // namespace outlast::import
