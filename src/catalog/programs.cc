#include "catalog/programs.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "base/document.h"
#include "catalog/attribute_path.h"
#include "catalog/command_words.h"

namespace outlast::catalog {
namespace {

using base::NodeKind;

/// Texts at an attribute within a block; of a map its keys.
std::vector<std::string_view> words_at(const blueprint::DraftResource& resource,
                                       std::string_view attribute, std::string_view block) {
  std::vector<std::string_view> words;
  if (attribute.empty()) {
    return words;
  }
  for (const Selected& at : select(resource.attributes, attribute)) {
    if (!at.path.starts_with(block)) {
      continue;
    }
    if (at.node.is(NodeKind::map)) {
      for (std::size_t i = 0; i < at.node.size(); ++i) {
        words.push_back(at.node.key(i));
      }
    } else if (!at.node.text().empty()) {
      words.push_back(at.node.text());
    }
  }
  return words;
}

/// The first program, in the catalog's order, of which one pattern fits one of the words.
const ProgramEntry* first_that_fits(const Catalog& catalog,
                                    const std::vector<std::string_view>& words,
                                    std::span<const std::string_view> ProgramEntry::*patterns) {
  for (const std::string_view word : words) {
    for (const ProgramEntry& program : catalog.tables().programs) {
      const auto& all = program.*patterns;
      if (std::any_of(all.begin(), all.end(),
                      [&](std::string_view pattern) { return matches(pattern, word); })) {
        return &program;
      }
    }
  }
  return nullptr;
}

/// What a command starts, whatever else its image holds: a dump of a database, not the database.
/// Only the last of several commands tells what is done once it is done.
const ProgramEntry* started_by_command(const Catalog& catalog,
                                       const blueprint::DraftResource& resource,
                                       const TypeEntry& entry, std::string_view block) {
  std::vector<std::string> paths;
  for (const std::string_view path : entry.runs.commands) {
    const std::string key(path.substr(path.rfind('.') + 1));
    paths.push_back(block.empty() ? std::string(path) : std::string(block) + key);
  }
  const CommandWords words = command_words(resource.attributes, paths);
  for (const ProgramEntry& program : catalog.tables().programs) {
    for (const std::string& word : program.runs_once() ? words.last : words.all) {
      if (std::any_of(program.commands.begin(), program.commands.end(),
                      [&](std::string_view pattern) { return matches(pattern, word); })) {
        return &program;
      }
    }
  }
  return nullptr;
}

}  // namespace

std::string_view plain_image(std::string_view image) {
  image = image.substr(0, image.find('@'));
  if (const auto slash = image.rfind('/'); slash != std::string_view::npos) {
    image.remove_prefix(slash + 1);
  }
  return image.substr(0, image.find(':'));
}

std::string_view registry_of(std::string_view image) {
  const std::string_view first = image.substr(0, image.find('/'));
  const bool is_host =
      first.size() < image.size() &&
      (first.find_first_of(".:") != std::string_view::npos || first == "localhost");
  return is_host ? first.substr(0, first.find(':')) : "docker.io";
}

std::vector<std::string> images_of(const blueprint::DraftResource& resource,
                                   const TypeEntry& entry) {
  std::vector<std::string> images;
  const auto add_all = [&](base::Node root, std::string_view path) {
    for (const Selected& at : select(root, path)) {
      if (at.node.is(base::NodeKind::string) && !at.node.text().empty()) {
        images.emplace_back(at.node.text());
      }
    }
  };
  add_all(resource.attributes, entry.runs.image);
  const std::size_t dot = entry.runs.image.find('.');
  const base::Node head = resource.attributes[entry.runs.image.substr(0, dot)];
  if (dot != std::string_view::npos && head.is(base::NodeKind::string)) {
    base::Sources sources;
    base::Diagnostics unheard;  // a broken text is the provider's to refuse, not ours
    const auto source = sources.add("containers", std::string(head.text()), "");
    if (const auto document = base::parse_json(sources, source, unheard)) {
      add_all(document->root(), entry.runs.image.substr(dot + 1));
    }
  }
  return images;
}

const TypeEntry* third_party_at(const Catalog& catalog, std::string_view host) {
  const TypeEntry* best = nullptr;
  std::size_t longest = 0;
  for (const TypeEntry& entry : catalog.tables().types) {
    for (const std::string_view form : entry.answers_to) {
      if (entry.kind == blueprint::Kind::external && form.size() > longest && matches(form, host)) {
        best = &entry;
        longest = form.size();
      }
    }
  }
  return best;
}

const ProgramEntry* program_run_by(const Catalog& catalog, const blueprint::DraftResource& resource,
                                   const TypeEntry& entry) {
  if (entry.runs.image.empty()) {
    return nullptr;
  }
  // Of several containers the first is what it is about; the others stand beside it.
  const auto images = select(resource.attributes, entry.runs.image);
  if (images.empty()) {
    return started_by_command(catalog, resource, entry, "");
  }
  const std::string& path = images.front().path;
  const std::string block = path.substr(0, path.rfind('.') + 1);
  if (const auto* program = started_by_command(catalog, resource, entry, block)) {
    return program;
  }
  const std::string_view image = plain_image(images.front().node.text());
  if (const auto* program = first_that_fits(catalog, {image}, &ProgramEntry::images)) {
    return program;
  }
  const auto settings = words_at(resource, entry.runs.settings, block);
  if (const auto* program = first_that_fits(catalog, settings, &ProgramEntry::settings)) {
    return program;
  }
  return first_that_fits(catalog, words_at(resource, entry.runs.ports, block),
                         &ProgramEntry::ports);
}

}  // namespace outlast::catalog
