#include "import/terraform_folders.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/hash.h"
#include "base/text.h"

namespace outlast::import {

namespace {

/// The local folder that a block calls; none for a module from elsewhere.
std::optional<std::string> local_folder(const std::string& folder, const HclNode& call) {
  const HclExpression* source = call.body.attribute("source");
  const std::string text = source == nullptr ? "" : source->text;
  if (!text.starts_with("./") && !text.starts_with("../")) {
    return std::nullopt;
  }
  return path_below(folder.empty() ? "" : folder + "/", text);
}

/// Keys of modules.json: the names of calls from the root down, without indexes.
std::string key_of(const TerraformModule& module, const std::string& name) {
  std::string key = name;
  for (const TerraformModule* at = &module; at->call != nullptr; at = at->parent) {
    key.insert(0, at->call->labels.front() + ".");
  }
  return key;
}

/// Where a block has its module from, as written.
std::string module_source(const HclNode& call) {
  const HclExpression* source = call.body.attribute("source");
  const HclExpression* version = call.body.attribute("version");
  std::string text = source == nullptr ? "a source that is not told" : source->text;
  if (version != nullptr && !version->text.empty()) {
    text += " " + version->text;
  }
  return text;
}

/// Folders of an input that each of them calls, itself left out.
using Calls = std::map<std::string, std::set<std::string>>;

Calls calls_between(const std::map<std::string, TerraformParts>& folders) {
  Calls calls;
  for (const auto& [name, folder] : folders) {
    for (const HclBody& body : folder.bodies) {
      for (const HclNode& block : body.blocks) {
        const auto other = block.kind == "module" ? local_folder(name, block) : std::nullopt;
        if (other && *other != name) {
          calls[name].insert(*other);
        }
      }
    }
  }
  return calls;
}

/// Adds a folder, and those that it calls, through others too.
void reach(const std::string& root, const Calls& calls, std::set<std::string>& reached) {
  std::vector<std::string> open = {root};
  while (!open.empty()) {
    const std::string at = std::move(open.back());
    open.pop_back();
    const auto below = calls.find(at);
    if (reached.insert(at).second && below != calls.end()) {
      open.insert(open.end(), below->second.begin(), below->second.end());
    }
  }
}

}  // namespace

TerraformFolders::TerraformFolders(const std::vector<TerraformFile>& files, Desk& desk)
    : desk_(desk), folders_(read_folders(files, desk)) {}

std::vector<std::string> TerraformFolders::roots() const {
  const Calls calls = calls_between(folders_);
  std::set<std::string> called;
  for (const auto& [name, others] : calls) {
    called.insert(others.begin(), others.end());
  }
  std::vector<std::string> out;
  std::set<std::string> reached;
  for (const bool is_in_a_circle : {false, true}) {  // folders that nobody calls come first
    for (const auto& [name, folder] : folders_) {
      if (called.contains(name) == is_in_a_circle && !reached.contains(name)) {
        out.push_back(name);
        reach(name, calls, reached);
      }
    }
  }
  return out;
}

std::optional<std::string> TerraformFolders::called(const TerraformModule& module,
                                                    const HclNode& call) {
  std::optional<std::string> folder = local_folder(module.folder, call);
  if (!folder) {
    folder = installed(module, call.labels.front());
  }
  return folder && read(*folder) ? folder : std::nullopt;
}

/// The files of a folder itself; examples and tests of a module lie below it.
bool TerraformFolders::read(const std::string& folder) {
  if (folders_.contains(folder)) {
    return true;
  }
  if (desk_.files.kind_of(folder) != base::FileSource::PathKind::folder) {
    return false;
  }
  std::vector<TerraformFile> files;
  const auto listed = desk_.files.list(folder);
  for (const std::string& path : listed ? *listed : std::vector<std::string>()) {
    const bool is_ours = path.ends_with(".tf") || path.ends_with(".tf.json");
    if (!is_ours || path_below(folder_of(path), "") != folder) {
      continue;
    }
    auto bytes = desk_.files.read(path, desk_.limits.bytes);
    std::string digest = bytes ? base::sha256(*bytes) : "";
    auto text = bytes ? base::to_utf8(std::move(*bytes)) : std::move(bytes);
    if (text) {
      files.push_back({path, desk_.sources.add(path, std::move(*text), std::move(digest))});
    }
  }
  auto more = read_folders(files, desk_);
  folders_.merge(more);
  return folders_.contains(folder);
}

std::optional<std::string> TerraformFolders::installed(const TerraformModule& module,
                                                       const std::string& name) {
  const TerraformModule* root = &module;
  while (root->parent != nullptr) {
    root = root->parent;
  }
  const Installed& all = installed_below(root->folder);
  const auto found = all.find(key_of(module, name));
  return found == all.end() ? std::nullopt : std::optional(found->second);
}

/// What `terraform init` notes of the modules it fetched; nothing where it was not run.
const TerraformFolders::Installed& TerraformFolders::installed_below(const std::string& root) {
  const auto [at, is_new] = installed_.try_emplace(root);
  const std::string prefix = root.empty() ? "" : root + "/";
  const std::string path = prefix + ".terraform/modules/modules.json";
  if (!is_new || desk_.files.kind_of(path) != base::FileSource::PathKind::file) {
    return at->second;
  }
  const base::Node modules = read_named_file(desk_, path, {})["Modules"];
  for (std::size_t i = 0; i < modules.size(); ++i) {
    const base::Node module = modules.at(i);
    if (!module["Key"].text().empty()) {
      at->second.emplace(module["Key"].text(), path_below(prefix, module["Dir"].text()));
    }
  }
  return at->second;
}

void AbsentModules::note(std::string address, const HclNode& call) {
  Calls& calls = by_source_[module_source(call)];
  calls.addresses.push_back(std::move(address));
  calls.span = calls.span.exists() ? calls.span : call.span;
}

void AbsentModules::tell(const std::map<std::string, std::set<std::string>>& asked,
                         Desk& desk) const {
  for (const auto& [source, calls] : by_source_) {
    const bool is_one = calls.addresses.size() == 1;
    desk.diagnostics.warning(
        "OUT-E1705", calls.span,
        fmt::format("{} {} {}, which is not here: what {} not checked",
                    base::join_words(calls.addresses), is_one ? "comes from" : "come from", source,
                    is_one ? "it makes is" : "they make is"),
        "terraform init puts it beside the files; or give a plan, which holds what it makes: "
        "terraform show -json PLAN");
    for (const std::string& address : calls.addresses) {
      const auto found = asked.find(address);
      if (found != asked.end()) {
        const std::vector<std::string> outputs(found->second.begin(), found->second.end());
        desk.draft.coverage.unknown_attributes.push_back(
            fmt::format("{}: {} of {}", address, base::join_words(outputs), source));
      }
    }
  }
}

}  // namespace outlast::import
