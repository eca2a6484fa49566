#include "import/import.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/hash.h"
#include "base/text.h"
#include "import/blueprint_yaml.h"
#include "import/terraform_plan.h"

namespace outlast::import {

using base::Document;
using base::FileSource;
using base::Node;
using base::SourceId;

namespace {

/// A format: how it is recognised, and who reads it. Adding one touches no other.
struct Format {
  std::string_view name;
  bool (*recognise)(Node root);
  void (*read)(Node root, blueprint::Draft& draft, base::Diagnostics& diagnostics);
};

constexpr Format kFormats[] = {
    {"blueprint", is_blueprint, read_blueprint},
    {"terraform-plan", is_terraform_plan, read_terraform_plan},
};

bool has_readable_name(const std::string& path) {
  const auto dot = path.rfind('.');
  const std::string ending = dot == std::string::npos ? "" : path.substr(dot);
  return ending == ".json" || ending == ".yaml" || ending == ".yml";
}

class Importer {
 public:
  Importer(const FileSource& files, base::Sources& sources, base::Diagnostics& diagnostics,
           const base::DocumentLimits& limits)
      : files_(files), sources_(sources), diagnostics_(diagnostics), limits_(limits) {}

  void add(const std::string& path) {
    switch (files_.kind_of(path)) {
      case FileSource::PathKind::missing:
        cannot_read(path, "there is no such file");
        break;
      case FileSource::PathKind::folder:
        add_folder(path);
        break;
      case FileSource::PathKind::file:
      case FileSource::PathKind::other:
        add_file(path, true);
        break;
    }
  }

  Imported finish() { return std::move(imported_); }

 private:
  void cannot_read(const std::string& path, const std::string& why) {
    const SourceId source = sources_.add(path, "", "");
    diagnostics_.error("OUT-E1001", {source, 0, 0}, fmt::format("cannot read {}: {}", path, why));
  }

  void add_folder(const std::string& path) {
    const auto listed = files_.list(path);
    if (!listed) {
      cannot_read(path, listed.error().message);
      return;
    }
    const std::size_t before = imported_.inputs.size();
    for (const std::string& file : *listed) {
      if (has_readable_name(file)) {
        add_file(file, false);
      }
    }
    if (imported_.inputs.size() == before) {
      imported_.unsupported.push_back(path);
    }
  }

  /// A file that was named must be of a supported format; one found in a folder need not.
  void add_file(const std::string& path, bool is_named) {
    auto bytes = files_.read(path, limits_.bytes);
    if (!bytes) {
      cannot_read(path, bytes.error().message);
      return;
    }
    std::string digest = base::sha256(*bytes);
    auto text = base::to_utf8(std::move(*bytes));
    if (!text) {
      const SourceId source = sources_.add(path, "", std::move(digest));
      diagnostics_.error("OUT-E1002", {source, 0, 0},
                         fmt::format("{} is no text: {}", path, text.error().message),
                         "inputs are JSON or YAML in UTF-8 or UTF-16");
      return;
    }
    if (!is_named && !may_be_ours(*text)) {
      return;
    }
    const SourceId source = sources_.add(path, std::move(*text), std::move(digest));
    parse(path, source, is_named);
  }

  /// Cheap test for files nobody named, so that strangers in a folder are not read in vain.
  static bool may_be_ours(std::string_view text) {
    return text.find("outlast") != std::string_view::npos ||
           text.find("\"format_version\"") != std::string_view::npos;
  }

  void parse(const std::string& path, SourceId source, bool is_named) {
    const std::string& text = sources_.text(source);
    const std::string_view content = base::trim(text);
    if (content.empty()) {
      diagnostics_.error("OUT-E1003", {source, 0, 0}, fmt::format("{} is empty", path));
      return;
    }
    if (content.front() == '{' || content.front() == '[') {
      if (auto document = base::parse_json(sources_, source, diagnostics_, limits_)) {
        take(path, source, std::move(*document), is_named);
      }
      return;
    }
    if (auto stream = base::parse_yaml(sources_, source, diagnostics_, limits_)) {
      for (Document& document : *stream) {
        take(path, source, std::move(document), is_named);
      }
    }
  }

  void take(const std::string& path, SourceId source, Document document, bool is_named) {
    imported_.draft.documents.push_back(std::move(document));
    const Node root = imported_.draft.documents.back().root();
    const auto format = std::find_if(std::begin(kFormats), std::end(kFormats),
                                     [&](const Format& f) { return f.recognise(root); });
    if (format == std::end(kFormats)) {
      if (is_named) {
        imported_.unsupported.push_back(path);
      }
      return;
    }
    if (imported_.draft.name.empty()) {
      imported_.draft.name = default_name(path);
    }
    imported_.inputs.push_back({path, std::string(format->name), source});
    format->read(root, imported_.draft, diagnostics_);
  }

  /// The folder a file lies in, or the file's own name without its ending.
  static std::string default_name(const std::string& path) {
    const auto slash = path.rfind('/');
    const std::string file = slash == std::string::npos ? path : path.substr(slash + 1);
    const std::string folder = slash == std::string::npos ? "" : path.substr(0, slash);
    const auto last = folder.rfind('/');
    const std::string name = last == std::string::npos ? folder : folder.substr(last + 1);
    if (!name.empty() && name != "." && name != "..") {
      return name;
    }
    return file.substr(0, file.find('.'));
  }

  const FileSource& files_;
  base::Sources& sources_;
  base::Diagnostics& diagnostics_;
  const base::DocumentLimits& limits_;
  Imported imported_;
};

}  // namespace

Imported import_inputs(const std::vector<std::string>& paths, const FileSource& files,
                       base::Sources& sources, base::Diagnostics& diagnostics,
                       const base::DocumentLimits& limits) {
  Importer importer(files, sources, diagnostics, limits);
  for (const std::string& path : paths) {
    importer.add(path);
  }
  return importer.finish();
}

}  // namespace outlast::import
