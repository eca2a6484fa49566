#pragma once

#include <map>
#include <string>
#include <vector>

#include "mef/read.h"

namespace outlast::mef {

/// A model, or what was wrong with it.
struct Tried {
  std::optional<Model> model;
  base::Diagnostics diagnostics;
  base::Sources sources;

  [[nodiscard]] std::vector<std::string> codes() const {
    std::vector<std::string> codes;
    for (const auto& item : diagnostics.items()) {
      codes.push_back(item.code);
    }
    return codes;
  }
  [[nodiscard]] std::string told() const { return base::render(diagnostics, sources); }
};

inline Tried read_texts(const std::vector<std::string>& texts, const ReadOptions& options = {}) {
  std::map<std::string, std::string> files;
  std::vector<std::string> paths;
  for (const std::string& text : texts) {
    paths.push_back("model" + std::to_string(paths.size()) + ".xml");
    files[paths.back()] = text;
  }
  Tried tried;
  tried.model =
      read_model(paths, base::MemoryFiles(files), options, tried.sources, tried.diagnostics);
  return tried;
}

/// A fault tree around definitions.
inline std::string tree(const std::string& definitions) {
  return "<opsa-mef><define-fault-tree name=\"t\">" + definitions +
         "</define-fault-tree></opsa-mef>";
}

inline std::string event(const std::string& name, const std::string& expression) {
  return "<define-basic-event name=\"" + name + "\">" + expression + "</define-basic-event>";
}

inline std::string number(double value) {
  return "<float value=\"" + std::to_string(value) + "\"/>";
}

}  // namespace outlast::mef
