#include "import/import.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "base/hash.h"
#include "base/text.h"
#include "import/desk.h"
#include "import/formats.h"
#include "import/json_pointers.h"
#include "import/kubernetes_objects.h"
#include "import/run_twice.h"
#include "import/strangers.h"
#include "import/terraform_docker.h"
#include "import/terraform_folder.h"
#include "import/terraform_kubernetes.h"

namespace outlast::import {

using base::Document;
using base::FileSource;
using base::Node;
using base::SourceId;

namespace {

/// What a path is called in messages.
std::string name_of(const std::string& path) {
  return path == "-" ? "standard input" : path;
}

bool is_terraform_file(const std::string& path) {
  return path.ends_with(".tf") || path.ends_with(".tfvars") || path.ends_with(".tf.json") ||
         path.ends_with(".tfvars.json");
}

bool has_readable_name(const std::string& path) {
  const auto dot = path.rfind('.');
  const std::string ending = dot == std::string::npos ? "" : path.substr(dot);
  return ending == ".json" || ending == ".jsonl" || ending == ".yaml" || ending == ".yml" ||
         ending == ".tfstate" || ending == ".template" || is_terraform_file(path);
}

class Importer {
 public:
  Importer(const FileSource& files, base::Sources& sources, base::Diagnostics& diagnostics,
           const base::DocumentLimits& limits, std::string_view format)
      : files_(files),
        sources_(sources),
        diagnostics_(diagnostics),
        limits_(limits),
        only_(format) {
    limits_.keeps_tags = true;  // formats have tags of their own
  }

  void add(const std::string& path) {
    switch (files_.kind_of(path)) {
      case FileSource::PathKind::folder:
        add_folder(path);
        break;
      case FileSource::PathKind::missing:
      case FileSource::PathKind::file:
      case FileSource::PathKind::other:
        add_file(path, nullptr);
        break;
    }
  }

  Imported finish(std::vector<Parameter> parameters, const blueprint::Draft* base) {
    Desk desk{files_,     sources_,        diagnostics_,      limits_,
              parameters, imported_.draft, imported_.remarks, base};
    for (const auto& [read, root] : later_) {
      read(root, imported_.draft, diagnostics_);
    }
    if (!terraform_files_.empty()) {  // they know less than a plan or a state of the same things
      read_terraform_files(terraform_files_, desk);
    }
    if (make_kubernetes_of_terraform(desk)) {
      together_.try_emplace(kKubernetes);
    }
    make_compose_of_terraform(desk);
    for (const Format& format : formats()) {
      if (const auto documents = together_.find(format.name); documents != together_.end()) {
        format.read_together(documents->second, desk);
      }
    }
    tell_run_twice(imported_.draft, diagnostics_);
    add_pointers(json_roots_, imported_.draft);
    for (const Parameter& parameter : parameters) {
      // An input that could not be read may have it.
      if (!parameter.is_used && !imported_.inputs.empty() && !imported_.draft.is_incomplete) {
        diagnostics_.error(
            "OUT-E1005", {}, fmt::format("no input has a parameter {}", parameter.name),
            "parameters are those of CloudFormation templates and variables of Terraform's files");
      }
    }
    return std::move(imported_);
  }

 private:
  void cannot_read(const std::string& path, const base::Error& why) {
    imported_.draft.is_incomplete = true;
    diagnostics_.error("OUT-E1001", {}, fmt::format("{} {}", name_of(path), why.message),
                       why.remedy);
  }

  void tell_stranger(const std::string& path, const Stranger& stranger) {
    imported_.unsupported.push_back(path);
    diagnostics_.warning("OUT-E1004", {}, fmt::format("{} is {}", name_of(path), stranger.what),
                         std::string(stranger.instead));
  }

  /// in  format  what it is; empty: nothing that is known
  void tell_other_format(const std::string& path, std::string_view format) {
    imported_.draft.is_incomplete = true;
    diagnostics_.error("OUT-E1008", {},
                       fmt::format("{} is not of the format {}", name_of(path), only_),
                       format.empty() ? ""
                                      : fmt::format("it is {}: leave --type out, or give it "
                                                    "that one",
                                                    format));
  }

  void add_folder(const std::string& path) {
    const auto listed = files_.list(path);
    if (!listed) {
      cannot_read(path, listed.error());
      return;
    }
    const std::size_t before = imported_.inputs.size();
    const std::size_t told = diagnostics_.items().size();
    PassedOver passed_over;
    folder_ = path.substr(0, path.find_last_not_of('/') + 1);
    for (const std::string& file : *listed) {
      if (const auto stranger = stranger_of_name(file)) {
        passed_over.add(file, *stranger);
      } else if (has_readable_name(file)) {
        add_file(file, &passed_over);
      }
    }
    folder_.clear();
    passed_over.tell(diagnostics_);
    if (imported_.inputs.size() == before && diagnostics_.items().size() == told) {
      imported_.unsupported.push_back(path);
      diagnostics_.warning("OUT-E1004", {},
                           fmt::format("folder {} holds no file of a supported format", path),
                           std::string(std::string(stranger_of_tree(Node()).instead)));
    }
  }

  /// A file that was named must be of a supported format; one found in a folder need not.
  ///
  /// in  passed_over  takes what is none of a folder's; null for a file that was named
  void add_file(const std::string& path, PassedOver* passed_over) {
    const bool is_named = passed_over == nullptr;
    if (const auto stranger = stranger_of_name(path); stranger && is_named) {
      tell_stranger(path, *stranger);
      return;
    }
    if (path == "-" && std::exchange(has_read_standard_input_, true)) {
      cannot_read(path, {"was given twice", "give - once; it is read to its end"});
      return;
    }
    auto bytes = files_.read(path, limits_.bytes);
    if (!bytes) {
      cannot_read(path, bytes.error());
      return;
    }
    std::string digest = base::sha256(*bytes);
    const auto binary = stranger_of_bytes(*bytes);
    auto text = base::to_utf8(std::move(*bytes));
    if (text) {
      *text = lines_as_list(std::move(*text));
    }
    const auto stranger = binary || !text ? binary : stranger_of_bytes(*text);
    if (stranger && passed_over != nullptr) {
      passed_over->add(path, *stranger);
    } else if (stranger) {
      tell_stranger(path, *stranger);
    } else if (!text) {
      using enum base::DiagnosticSeverity;
      imported_.draft.is_incomplete = true;
      diagnostics_.add({is_named ? error : warning,
                        "OUT-E1002",
                        {},
                        fmt::format("{} {}", name_of(path), text.error().message),
                        ""});
    } else if (is_terraform_file(path) || (is_named && (only_ == kTerraform || is_hcl(*text)))) {
      if (is_read_as(kTerraform, only_)) {
        add_terraform_file(path, sources_.add(name_of(path), std::move(*text), std::move(digest)));
      } else if (is_named) {
        tell_other_format(path, kTerraform);
      }
    } else if (is_named || may_be_ours(*text)) {
      parse(path, sources_.add(name_of(path), std::move(*text), std::move(digest)), is_named);
    }
  }

  void add_terraform_file(const std::string& path, SourceId source) {
    name_after(path);
    imported_.inputs.push_back({path, std::string(kTerraform), source});
    terraform_files_.push_back({path, source});
  }

  static bool is_json(std::string_view text) {
    const std::string_view content = base::trim(text);
    return content.starts_with('{') || content.starts_with('[');
  }

  /// Cheap test for files nobody named, so that strangers in a folder are not read in vain.
  static bool may_be_ours(std::string_view text) {
    constexpr std::string_view kTelling[] = {
        "outlast",    "\"format_version\"", "\"lineage\"", "\"encrypted_data\"",
        "apiVersion", "\"traceID\"",        "\"traceId\"", "\"callCount\"",
        "AWS::",      "services:",          "\"services\""};
    return std::any_of(std::begin(kTelling), std::end(kTelling), [&](std::string_view word) {
      return text.find(word) != std::string_view::npos;
    });
  }

  /// Keys that are none: mostly of a template that is still to be filled in. Whatever else is wrong
  /// with such a file follows from that.
  [[nodiscard]] bool has_bad_keys(std::size_t first_told) const {
    const auto& all = diagnostics_.items();
    return std::any_of(all.begin() + static_cast<std::ptrdiff_t>(first_told), all.end(),
                       [](const base::Diagnostic& one) { return one.code == "OUT-E1106"; });
  }

  void parse(const std::string& path, SourceId source, bool is_named) {
    const std::string_view content = base::trim(sources_.text(source));
    if (content.empty()) {
      imported_.draft.is_incomplete = true;
      diagnostics_.error("OUT-E1003", {}, fmt::format("{} is empty", name_of(path)),
                         "did the command that was to write it fail?");
      return;
    }
    std::vector<Document> documents;
    if (is_json(content)) {
      auto document = base::parse_json(sources_, source, diagnostics_, limits_);
      if (!document) {
        imported_.draft.is_incomplete = true;
        return;
      }
      documents.push_back(std::move(*document));
    } else {
      const std::size_t told = diagnostics_.items().size();
      auto stream = base::parse_yaml(sources_, source, diagnostics_, limits_);
      if (!stream || has_bad_keys(told)) {
        imported_.draft.is_incomplete = true;
        return;
      }
      documents = std::move(*stream);
    }
    take_all(path, source, std::move(documents), is_named);
  }

  void take_all(const std::string& path, SourceId source, std::vector<Document> documents,
                bool is_named) {
    std::optional<Stranger> stranger;
    std::string_view other;
    bool is_ours = false;
    for (Document& document : documents) {
      imported_.draft.documents.push_back(std::move(document));
      const Node root = imported_.draft.documents.back().root();
      const bool is_read = take(path, source, root);
      is_ours = is_ours || is_read;
      if (!is_read && !stranger) {
        stranger = stranger_of_tree(root);
        const Format* format = format_of(root, "");
        other = format == nullptr ? "" : format->name;
      }
    }
    if (is_named && !is_ours && !only_.empty()) {
      tell_other_format(path, other);
    } else if (is_named && !is_ours) {
      tell_stranger(path, stranger.value_or(stranger_of_tree(Node())));
    }
  }

  /// Reads one document; false if it is of no supported format, or not of the one asked for.
  bool take(const std::string& path, SourceId source, Node root) {
    const Format* format = format_of(root, only_);
    if (format == nullptr) {
      return false;
    }
    name_after(path);
    const bool is_told = !imported_.inputs.empty() && imported_.inputs.back().source == source &&
                         imported_.inputs.back().format == format->name;
    if (!is_told) {
      imported_.inputs.push_back({path, std::string(format->name), source});
    }
    if (format->read_together != nullptr) {
      together_[format->name].push_back({path, root});
      if (is_json(sources_.text(source))) {
        json_roots_.push_back(root);
      }
    } else if (format->yields) {
      later_.emplace_back(format->read, root);
    } else {
      format->read(root, imported_.draft, diagnostics_);
    }
    return true;
  }

  /// The first input names the architecture: a folder by its own name, however deep its files lie.
  void name_after(const std::string& path) {
    if (imported_.draft.name.empty()) {
      const bool has_name = !folder_.empty() && !folder_.ends_with('.');
      const auto last = path.rfind('/') + 1;
      imported_.draft.name =
          default_name(has_name ? folder_ + "/" + path.substr(last) : name_of(path));
    }
  }

  /// The folder a file lies in, or the file's own name without its ending.
  static std::string default_name(const std::string& path) {
    const auto slash = path.rfind('/');
    const std::string file = slash == std::string::npos ? path : path.substr(slash + 1);
    const std::string folder = slash == std::string::npos ? "" : path.substr(0, slash);
    const auto last = folder.rfind('/');
    std::string name = last == std::string::npos ? folder : folder.substr(last + 1);
    if (!name.empty() && name != "." && name != "..") {
      return name;
    }
    return file.substr(0, file.find('.'));
  }

  const FileSource& files_;
  base::Sources& sources_;
  base::Diagnostics& diagnostics_;
  base::DocumentLimits limits_;
  Imported imported_;
  std::map<std::string_view, std::vector<InputDocument>> together_;  ///< by format
  std::vector<std::pair<decltype(Format::read), Node>> later_;
  std::vector<TerraformFile> terraform_files_;
  std::vector<Node> json_roots_;  ///< of documents read together that are JSON
  std::string folder_;            ///< whose files are read; empty: they were named one by one
  bool has_read_standard_input_ = false;
  std::string_view
      only_;  ///< the format that the user says they are of; empty: their content tells
};

}  // namespace

Imported import_inputs(const std::vector<std::string>& paths, const FileSource& files,
                       base::Sources& sources, base::Diagnostics& diagnostics,
                       const base::DocumentLimits& limits, const Given& given) {
  if (!check_format(given.format, diagnostics)) {
    return {};
  }
  Importer importer(files, sources, diagnostics, limits, given.format);
  for (const std::string& path : paths) {
    importer.add(path);
  }
  std::vector<Parameter> parameters;
  for (const std::string& parameter : given.parameters) {
    const auto equals = parameter.find('=');
    parameters.push_back({parameter.substr(0, equals),
                          equals == std::string::npos ? "" : parameter.substr(equals + 1)});
  }
  return importer.finish(std::move(parameters), given.base);
}

}  // namespace outlast::import
