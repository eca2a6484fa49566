#include "import/terraform_folders.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/hash.h"
#include "base/text.h"

namespace outlast::import {

namespace {

/// The local folder that a block calls; empty for a module from elsewhere.
std::string local_folder(const std::string& folder, const HclNode& call) {
  const HclExpression* source = call.body.attribute("source");
  const std::string text = source == nullptr ? "" : source->text;
  const bool is_local = text.starts_with("./") || text.starts_with("../");
  return is_local ? path_below(folder.empty() ? "" : folder + "/", text) : "";
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

}  // namespace

TerraformFolders::TerraformFolders(const std::vector<TerraformFile>& files, Desk& desk)
    : desk_(desk), folders_(read_folders(files, desk)) {}

std::vector<std::string> TerraformFolders::roots() const {
  std::set<std::string> called;
  for (const auto& [name, folder] : folders_) {
    for (const HclBody& body : folder.bodies) {
      for (const HclNode& block : body.blocks) {
        const std::string other = block.kind == "module" ? local_folder(name, block) : "";
        if (other != name && !other.empty()) {
          called.insert(other);
        }
      }
    }
  }
  std::vector<std::string> out;
  for (const auto& [name, folder] : folders_) {
    if (!called.contains(name)) {
      out.push_back(name);
    }
  }
  return out;
}

std::string TerraformFolders::called(const TerraformModule& module, const HclNode& call) {
  std::string folder = local_folder(module.folder, call);
  if (folder.empty()) {
    folder = installed(module, call.labels.front());
  }
  return !folder.empty() && read(folder) ? folder : "";
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

std::string TerraformFolders::installed(const TerraformModule& module, const std::string& name) {
  const TerraformModule* root = &module;
  while (root->parent != nullptr) {
    root = root->parent;
  }
  const Installed& all = installed_below(root->folder);
  const auto found = all.find(key_of(module, name));
  return found == all.end() ? "" : found->second;
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
