// Another format's attributes in the spelling that the catalog's entries read.
//
// The translated tree is first made of plain values, for members of several blocks may come to lie
// in one (`HealthCheckPath` and `HealthCheckPort` in `health_check`), and then built as a document.

#include "catalog/translate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <utility>

#include "base/json_writer.h"
#include "catalog/attribute_path.h"
#include "catalog/names.h"

namespace outlast::catalog {

using base::DocumentBuilder;
using base::Node;
using base::NodeKind;
using blueprint::DraftResource;

namespace {

/// A value of the translated tree.
struct Tree {
  struct Member;
  NodeKind kind = NodeKind::map;
  std::string text;  ///< of a scalar
  base::Span span;
  std::vector<Member> members;  ///< of a list without keys
};

/// A key and its value, called as in a pair; a pair's own type would have to be complete earlier.
struct Tree::Member {
  Member(std::string key, Tree value) : first(std::move(key)), second(std::move(value)) {}
  std::string first;
  Tree second;
};

bool is_upper(char c) {
  return std::isupper(static_cast<unsigned char>(c)) != 0;
}

/// The translation of one path of attributes, without positions; null if it is not told.
const Mapping* mapping_of(const Translation& words, std::string_view path) {
  const auto found = std::find_if(words.paths.begin(), words.paths.end(),
                                  [&](const Mapping& m) { return m.from == path; });
  return found == words.paths.end() ? nullptr : &*found;
}

std::string target_of(const Translation& words, const std::string& path, std::string_view key) {
  const Mapping* told = mapping_of(words, path);
  return told == nullptr ? snake_case(key) : std::string(told->to);
}

std::string joined(const std::string& path, std::string_view key) {
  return path.empty() ? std::string(key) : fmt::format("{}.{}", path, key);
}

class Translator {
 public:
  explicit Translator(const Translation& words) : words_(words) {}

  [[nodiscard]] Tree map(Node from, const std::string& path) const {
    Tree out;
    out.span = from.span();
    add_members(from, path, out);
    return out;
  }

  /// "Listeners[0].InstancePort" → "listener[0].instance_port".
  [[nodiscard]] std::string path(std::string_view from) const {
    std::string out;
    std::string plain;
    while (!from.empty()) {
      const std::size_t end = std::min(from.find('.'), from.size());
      const std::string_view step = from.substr(0, end);
      const std::string_view key = step.substr(0, step.find('['));
      plain = joined(plain, key);
      const std::string target = target_of(words_, plain, key);
      if (target != ".") {
        out = joined(out, target) + std::string(step.substr(key.size()));
      }
      from.remove_prefix(std::min(end + 1, from.size()));
    }
    return out;
  }

 private:
  void add_members(Node from, const std::string& path, Tree& out) const {
    for (std::size_t i = 0; i < from.size(); ++i) {
      const std::string below = joined(path, from.key(i));
      const std::string target = target_of(words_, below, from.key(i));
      const Node member = from.at(i);
      if (target == ".") {
        add_hoisted(member, below, out);
      } else if (target != "-") {
        put(target, value(member, below, from.key(i)), out);
      }
    }
  }

  void add_hoisted(Node member, const std::string& path, Tree& out) const {
    if (member.is(NodeKind::map)) {
      add_members(member, path, out);
    }
    for (std::size_t i = 0; member.is(NodeKind::list) && i < member.size(); ++i) {
      add_hoisted(member.at(i), path, out);
    }
  }

  /// Puts a value at a path of new blocks; of two at one place a list is made.
  static void put(std::string_view target, Tree value, Tree& out) {
    const auto dot = target.find('.');
    const std::string key(target.substr(0, dot));
    auto found = std::find_if(out.members.begin(), out.members.end(),
                              [&](const auto& member) { return member.first == key; });
    if (dot != std::string_view::npos) {
      if (found == out.members.end() || found->second.kind != NodeKind::map) {
        Tree block;
        block.span = value.span;
        out.members.emplace_back(key, std::move(block));
        found = out.members.end() - 1;
      }
      put(target.substr(dot + 1), std::move(value), found->second);
    } else if (found == out.members.end()) {
      out.members.emplace_back(key, std::move(value));
    } else {
      Tree both;
      both.kind = NodeKind::list;
      both.span = found->second.span;
      both.members.emplace_back("", std::move(found->second));
      both.members.emplace_back("", std::move(value));
      found->second = std::move(both);
    }
  }

  [[nodiscard]] Tree value(Node from, const std::string& path, std::string_view key) const {
    const bool is_collection = from.is(NodeKind::map) || from.is(NodeKind::list);
    if (is_collection &&
        std::find(words_.texts.begin(), words_.texts.end(), path) != words_.texts.end()) {
      base::JsonWriter json;
      write_json(json, from, path);
      return {NodeKind::string, json.take(), from.span(), {}};
    }
    if (from.is(NodeKind::map)) {
      return map(from, path);
    }
    if (from.is(NodeKind::list)) {
      return key == "Tags" ? tags(from) : list(from, path);
    }
    return {from.kind(), worded(from.text(), path), from.span(), {}};
  }

  /// JSON of a value; what cannot be known is written as a text that says so. Keys stay as they are,
  /// for many are words of their owners, but for those that are told.
  void write_json(base::JsonWriter& json, Node node, const std::string& path) const {
    if (node.is(NodeKind::map)) {
      json.begin_object();
      for (std::size_t i = 0; i < node.size(); ++i) {
        const std::string below = joined(path, node.key(i));
        const Mapping* told = mapping_of(words_, below);
        json.key(told == nullptr ? node.key(i) : told->to);
        write_json(json, node.at(i), below);
      }
      json.end_object();
    } else if (node.is(NodeKind::list)) {
      json.begin_array();
      for (std::size_t i = 0; i < node.size(); ++i) {
        write_json(json, node.at(i), path);
      }
      json.end_array();
    } else {
      json.value(node.is(NodeKind::unknown) ? std::string_view("${unknown}") : node.text());
    }
  }

  [[nodiscard]] Tree list(Node from, const std::string& path) const {
    Tree out;
    out.kind = NodeKind::list;
    out.span = from.span();
    for (std::size_t i = 0; i < from.size(); ++i) {
      out.members.emplace_back("", value(from.at(i), path, ""));
    }
    return out;
  }

  [[nodiscard]] static Tree tags(Node from) {
    Tree out;
    out.span = from.span();
    for (std::size_t i = 0; i < from.size(); ++i) {
      const Node tag = from.at(i);
      const bool is_new =
          std::none_of(out.members.begin(), out.members.end(),
                       [&](const auto& member) { return member.first == tag["Key"].text(); });
      if (is_new && tag["Value"].exists() && tag["Value"].size() == 0) {
        out.members.emplace_back(
            std::string(tag["Key"].text()),
            Tree{tag["Value"].kind(), std::string(tag["Value"].text()), tag["Value"].span(), {}});
      }
    }
    return out;
  }

  [[nodiscard]] std::string worded(std::string_view text, std::string_view path) const {
    for (const Wording& wording : words_.wordings) {
      for (const Mapping& word : wording.words) {
        if (wording.path == path && word.from == text) {
          return std::string(word.to);
        }
      }
    }
    return std::string(text);
  }

  const Translation& words_;
};

std::uint32_t build(const Tree& tree, DocumentBuilder& builder) {
  if (tree.kind != NodeKind::map && tree.kind != NodeKind::list) {
    return builder.scalar(tree.kind, tree.text, tree.span.begin, tree.span.end);
  }
  std::vector<std::uint32_t> children;
  for (const auto& [key, member] : tree.members) {
    if (tree.kind == NodeKind::map) {
      children.push_back(
          builder.scalar(NodeKind::string, key, member.span.begin, member.span.begin));
    }
    children.push_back(build(member, builder));
  }
  return tree.kind == NodeKind::map ? builder.map(children, tree.span.begin, tree.span.end)
                                    : builder.list(children, tree.span.begin, tree.span.end);
}

void translate(const Translation& words, DraftResource& resource, blueprint::Draft& draft) {
  const Translator translator(words);
  DocumentBuilder builder(resource.evidence.span.source);
  const std::uint32_t root = build(translator.map(resource.attributes, ""), builder);
  draft.documents.push_back(builder.finish(root));
  resource.attributes = draft.documents.back().root();
  resource.format = kFormats[0];  // the entries are written in Terraform's words
  resource.written_type = std::exchange(resource.type, std::string(words.as));
  for (const Mapping& other : words.as_with) {
    if (holds(resource.attributes, other.from, "present") == Truth::yes) {
      resource.type = other.to;
    }
  }
  resource.attributes_pointer.clear();
  for (blueprint::Reference& reference : resource.references) {
    reference.path = translator.path(reference.path);
  }
}

}  // namespace

std::string snake_case(std::string_view camel) {
  if (camel.empty() || !is_upper(camel.front()) || camel.find('_') != std::string_view::npos) {
    return std::string(camel);
  }
  std::string out;
  for (std::size_t i = 0; i < camel.size(); ++i) {
    const bool is_plural = i + 2 == camel.size() && camel[i + 1] == 's';
    const bool begins_after_word = i > 0 && !is_upper(camel[i - 1]);
    const bool begins_before_word = i > 0 && i + 1 < camel.size() && !is_plural &&
                                    std::islower(static_cast<unsigned char>(camel[i + 1])) != 0;
    if (is_upper(camel[i]) && (begins_after_word || begins_before_word)) {
      out += '_';
    }
    out += static_cast<char>(std::tolower(static_cast<unsigned char>(camel[i])));
  }
  return out;
}

namespace {

std::string camel_case(std::string_view snake) {
  std::string out;
  bool begins = true;
  for (const char c : snake) {
    if (c != '_') {
      out += begins ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
    }
    begins = c == '_';
  }
  return out;
}

/// An attribute or a type that a remedy names, as the format spells it.
std::string spelled_word(const Catalog& catalog, const Translation& words, std::string_view word) {
  for (const Translation& other : catalog.tables().translations) {
    const bool is_it =
        other.as == word || std::any_of(other.as_with.begin(), other.as_with.end(),
                                        [&](const Mapping& m) { return m.to == word; });
    if (is_it && other.format == words.format) {
      return std::string(other.type);
    }
  }
  for (const Mapping& mapping : words.paths) {
    if (mapping.to == word) {
      return std::string(mapping.from.substr(mapping.from.rfind('.') + 1));
    }
  }
  return camel_case(word);
}

bool is_of_word(char c) {
  return std::islower(static_cast<unsigned char>(c)) != 0 || c == '_' ||
         std::isdigit(static_cast<unsigned char>(c)) != 0;
}

}  // namespace

std::string in_words_of(const Catalog& catalog, std::string_view written_type,
                        std::string_view remedy) {
  constexpr std::string_view kSets = " = ";
  const Translation* words = nullptr;
  for (std::size_t i = 0; i < std::size(kFormats) && words == nullptr; ++i) {
    words = catalog.translation(kFormats[i], written_type);
  }
  if (words == nullptr) {
    return std::string(remedy);
  }
  std::string out;
  while (!remedy.empty()) {
    const auto end = std::find_if_not(remedy.begin(), remedy.end(), is_of_word);
    const auto size = static_cast<std::size_t>(end - remedy.begin());
    const std::string_view word = remedy.substr(0, size);
    const bool is_set = remedy.substr(size).starts_with(kSets);
    const bool is_name = word.find('_') != std::string_view::npos || (is_set && size > 0);
    out += is_name ? spelled_word(catalog, *words, word) : std::string(word);
    remedy.remove_prefix(size);
    if (size == 0) {
      out += remedy.front();
      remedy.remove_prefix(1);
    }
  }
  // One value is set as YAML does; of several that are alike none is a key.
  if (const auto at = out.find(kSets); at != std::string::npos && at == out.rfind(kSets)) {
    out.replace(at, kSets.size(), ": ");
  }
  return out;
}

void translate_resources(const Catalog& catalog, blueprint::Draft& draft) {
  for (const auto id : base::ids<blueprint::ResourceId>(draft.resources.size())) {
    DraftResource& resource = draft.resources[id];
    if (const Translation* words = catalog.translation(resource.format, resource.type)) {
      translate(*words, resource, draft);
    }
  }
}

}  // namespace outlast::catalog
