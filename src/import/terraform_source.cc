#include "import/terraform_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/document.h"
#include "base/hash.h"
#include "base/text.h"
#include "import/desk.h"
#include "import/hcl_blocks.h"
#include "import/remarks.h"

namespace outlast::import {
namespace {

constexpr std::size_t kMostBytes = std::size_t{16} << 20U;
constexpr std::size_t kDeepest = 10;

struct File {
  base::SourceId source;
  HclFile hcl;
};

class SourceReader {
 public:
  SourceReader(const base::FileSource& files, base::Sources& sources,
               base::Diagnostics& diagnostics)
      : files_(files), sources_(sources), diagnostics_(diagnostics) {}

  TerraformSource read(const std::string& folder) {
    auto paths = files_.list(folder);
    if (!paths) {
      diagnostics_.error("OUT-E1410", {}, fmt::format("{} {}", folder, paths.error().message),
                         "--source names the folder of the Terraform files");
      return {};
    }
    for (const std::string& path : *paths) {
      if (path.ends_with(".tf")) {
        read_file(path);
      }
    }
    for (const std::string& root : roots()) {
      name_folder(root, "", 0);
    }
    return std::move(out_);
  }

 private:
  void read_file(const std::string& path) {
    const auto bytes = files_.read(path, kMostBytes);
    auto text = bytes ? base::to_utf8(std::string(*bytes)) : bytes;
    if (!text) {
      diagnostics_.warning("OUT-E1411", {}, fmt::format("{} {}", path, text.error().message));
      return;
    }
    const auto source = sources_.add(path, std::move(*text), base::sha256(*bytes));
    folders_[path_below(folder_of(path), "")].push_back({source, read_hcl(sources_.text(source))});
  }

  /// The local modules that a folder calls: name and folder of each.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> calls_of(
      const std::string& folder) const {
    std::vector<std::pair<std::string, std::string>> calls;
    for (const File& file : folders_.find(folder)->second) {
      for (const HclBlock& block : file.hcl.blocks) {
        const std::string local =
            block.kind == "module" && block.labels.size() == 1
                ? string_attribute(sources_.text(file.source), block, "source")
                : "";
        if (local.starts_with("./") || local.starts_with("../")) {
          calls.emplace_back(block.labels.front(), path_below(folder + "/", local));
        }
      }
    }
    return calls;
  }

  [[nodiscard]] std::set<std::string> roots() const {
    std::set<std::string> all;
    for (const auto& [folder, files] : folders_) {
      all.insert(folder);
    }
    for (const auto& [folder, files] : folders_) {
      for (const auto& [name, called] : calls_of(folder)) {
        if (called != folder) {
          all.erase(called);
        }
      }
    }
    return all;
  }

  /// Gives the resources of a folder their addresses under one module, then those it calls.
  void name_folder(const std::string& folder, const std::string& prefix, std::size_t depth) {
    if (depth > kDeepest) {
      return;
    }
    for (const File& file : folders_.find(folder)->second) {
      std::vector<Place> places;
      for (const HclBlock& block : file.hcl.blocks) {
        if (block.kind == "resource" && block.labels.size() == 2) {
          const std::string address = prefix + block.labels[0] + "." + block.labels[1];
          out_.declarations.try_emplace(address, base::Span{file.source, block.begin, block.end});
          places.push_back({address, block.begin, block.end});
        }
      }
      for (const HclComment& comment : file.hcl.comments) {
        add_comment({comment.text, {file.source, comment.begin, comment.end}, comment.is_alone},
                    sources_.text(file.source), places, out_.remarks);
      }
    }
    for (const auto& [name, called] : calls_of(folder)) {
      if (folders_.contains(called)) {
        name_folder(called, fmt::format("{}module.{}.", prefix, name), depth + 1);
      }
    }
  }

  const base::FileSource& files_;
  base::Sources& sources_;
  base::Diagnostics& diagnostics_;
  std::map<std::string, std::vector<File>> folders_;
  TerraformSource out_;
};

}  // namespace

TerraformSource read_terraform_source(const std::string& folder, const base::FileSource& files,
                                      base::Sources& sources, base::Diagnostics& diagnostics) {
  return SourceReader(files, sources, diagnostics).read(folder);
}

}  // namespace outlast::import
