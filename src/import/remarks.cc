#include "import/remarks.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "import/terraform_address.h"

namespace outlast::import {

using base::Node;
using base::NodeKind;
using blueprint::Remark;

namespace {

constexpr std::string_view kCommentMark = "outlast:";
constexpr std::string_view kTagMark = "outlast-ignore";
constexpr std::string_view kAnnotationMark = "ignore.outlast.dev/";

/// The first line after `at` that says anything but a comment; npos if there is none.
std::size_t next_line_of_code(std::string_view text, std::size_t at) {
  for (std::size_t line = text.find('\n', at); line != std::string_view::npos;) {
    const std::size_t next = text.find('\n', line + 1);
    const auto content = base::trim(text.substr(line + 1, std::min(next, text.size()) - line - 1));
    if (!content.empty() && content.front() != '#' && !content.starts_with("//")) {
      return line + 1 + text.substr(line + 1).find_first_not_of(" \t");
    }
    line = next;
  }
  return std::string_view::npos;
}

const Place* place_of(const Comment& comment, std::string_view file,
                      const std::vector<Place>& places) {
  if (comment.is_alone) {
    const std::size_t next = next_line_of_code(file, comment.span.end);
    const auto below = std::find_if(places.begin(), places.end(),
                                    [&](const Place& place) { return place.begin == next; });
    if (below != places.end()) {
      return &*below;
    }
  }
  const Place* innermost = nullptr;
  for (const Place& place : places) {
    const bool is_in = place.begin <= comment.span.begin && comment.span.begin < place.end;
    if (is_in && (innermost == nullptr || place.begin > innermost->begin)) {
      innermost = &place;
    }
  }
  return innermost;
}

/// One map of tags, or Auto Scaling's list of { key, value }.
void add_tags(Node tags, const std::string& address, std::set<std::string>& known,
              std::vector<Remark>& remarks) {
  const auto add = [&](std::string_view name, Node value) {
    const bool is_ours = name == kTagMark || name.starts_with(std::string(kTagMark) + "-");
    if (is_ours && value.is(NodeKind::string) && known.insert(std::string(name)).second) {
      remarks.push_back({Remark::Kind::tag, std::string(value.text()), {address}, value.span()});
    }
  };
  for (std::size_t i = 0; i < tags.size(); ++i) {
    if (tags.is(NodeKind::map)) {
      add(tags.key(i), tags.at(i));
    } else if (tags.at(i).is(NodeKind::map)) {
      const bool is_capital = tags.at(i)["Key"].exists();
      add(tags.at(i)[is_capital ? "Key" : "key"].text(),
          tags.at(i)[is_capital ? "Value" : "value"]);
    }
  }
}

/// Components of blueprints, and resources, that stand in one text.
std::vector<Place> places_in(const blueprint::Draft& draft, base::SourceId source) {
  std::vector<Place> places;
  for (const base::Document& document : draft.documents) {
    const Node components = document.root()["components"];
    for (std::size_t i = 0; components.is(NodeKind::map) && i < components.size(); ++i) {
      const base::Span key = components.key_span(i);
      if (key.source == source) {
        places.push_back({std::string(components.key(i)), key.begin,
                          std::max(key.end, components.at(i).span().end)});
      }
    }
  }
  for (const auto& resource : draft.resources) {
    const base::Span span = resource.evidence.span;
    if (span.source == source) {
      places.push_back({resource.address, span.begin, span.end});
    }
  }
  return places;
}

void add_annotations(Node annotations, const std::string& address, std::vector<Remark>& remarks) {
  for (std::size_t i = 0; annotations.is(NodeKind::map) && i < annotations.size(); ++i) {
    const std::string_view key = annotations.key(i);
    if (key.starts_with(kAnnotationMark)) {
      const std::string rule(key.substr(kAnnotationMark.size()));
      remarks.push_back({Remark::Kind::tag,
                         rule + " " + std::string(annotations.at(i).text()),
                         {address},
                         annotations.at(i).span()});
    }
  }
}

/// Comments of YAML. A # begins one at a line's start or after a space; one within a quoted text
/// would have to begin with our mark to be taken for a comment.
std::vector<Comment> comments_of_yaml(std::string_view text, base::SourceId source) {
  std::vector<Comment> all;
  for (std::size_t at = text.find('#'); at != std::string_view::npos; at = text.find('#', at + 1)) {
    const std::size_t line = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (at == line || text[at - 1] == ' ' || text[at - 1] == '\t') {
      all.push_back({base::trim(text.substr(at + 1, end - at - 1)),
                     {source, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)},
                     base::trim(text.substr(line, at - line)).empty()});
      at = end == text.size() ? end - 1 : end;
    }
  }
  return all;
}

}  // namespace

void add_comment(const Comment& comment, std::string_view file, const std::vector<Place>& places,
                 std::vector<Remark>& remarks) {
  if (!comment.text.starts_with(kCommentMark)) {
    return;
  }
  auto known = std::find_if(remarks.begin(), remarks.end(), [&](const Remark& remark) {
    return remark.span.source == comment.span.source && remark.span.begin == comment.span.begin;
  });
  if (known == remarks.end()) {
    const std::string text(comment.text.substr(kCommentMark.size()));
    known = remarks.insert(remarks.end(), {Remark::Kind::comment, text, {}, comment.span});
  }
  if (const Place* place = place_of(comment, file, places)) {
    known->addresses.push_back(place->address);
  }
}

std::vector<Remark> remarks_of_tags(const blueprint::Draft& draft) {
  std::vector<Remark> remarks;
  for (const auto& resource : draft.resources) {
    std::set<std::string> known;
    const std::string address = without_indexes(resource.address);
    for (const std::string_view name :
         {"tags", "tag", "labels", "user_labels", "resource_labels", "tags_all", "Tags"}) {
      add_tags(resource.attributes[name], address, known, remarks);
    }
    add_annotations(resource.attributes["metadata"]["annotations"], resource.address, remarks);
  }
  // Instances of one declaration say the same.
  std::stable_sort(remarks.begin(), remarks.end(), [](const Remark& a, const Remark& b) {
    return std::tie(a.addresses, a.text) < std::tie(b.addresses, b.text);
  });
  remarks.erase(std::unique(remarks.begin(), remarks.end(),
                            [](const Remark& a, const Remark& b) {
                              return a.addresses == b.addresses && a.text == b.text;
                            }),
                remarks.end());
  return remarks;
}

std::vector<Remark> remarks_of_comments(const blueprint::Draft& draft,
                                        const std::vector<Input>& inputs,
                                        const base::Sources& sources) {
  std::vector<Remark> remarks;
  std::set<std::size_t> done;
  for (const Input& input : inputs) {
    const std::string_view text = sources.text(input.source);
    const bool may_have_comments = text.find(kCommentMark) != std::string_view::npos &&
                                   !base::trim(text).starts_with('{') &&
                                   !base::trim(text).starts_with('[');
    if (!may_have_comments || !done.insert(input.source.index).second) {
      continue;
    }
    const std::vector<Place> places = places_in(draft, input.source);
    for (const Comment& comment : comments_of_yaml(sources.text(input.source), input.source)) {
      add_comment(comment, sources.text(input.source), places, remarks);
    }
  }
  return remarks;
}

}  // namespace outlast::import
