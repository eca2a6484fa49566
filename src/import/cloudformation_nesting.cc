#include "import/cloudformation_nesting.h"

#include <algorithm>

namespace outlast::import {

using base::Node;
using base::NodeKind;

namespace {

std::string_view file_of(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

/// A text, or the one that `Fn::Sub` fills in; the end of what `Fn::Join` joins.
std::string_view text_of(Node written) {
  if (written.is(NodeKind::string)) {
    return written.text();
  }
  const Node inside = written.is(NodeKind::map) && written.size() == 1 ? written.at(0) : Node();
  const Node joined = inside.at(1);
  return inside.is(NodeKind::string) ? inside.text()
         : joined.is(NodeKind::list) ? joined.at(joined.size() - 1).text()
         : inside.is(NodeKind::list) ? inside.at(0).text()
                                     : std::string_view();
}

}  // namespace

bool is_nested_stack(std::string_view type) {
  return type == "AWS::CloudFormation::Stack" || type == "AWS::Serverless::Application";
}

Nesting::Nesting(const std::vector<InputDocument>& templates) {
  for (const InputDocument& one : templates) {
    by_path_.emplace(path_below("", one.path), &one);
    by_file_[std::string(file_of(one.path))].push_back(&one);
  }
  for (const InputDocument& one : templates) {
    find_parts(one, one.root["Resources"]);
  }
}

void Nesting::find_parts(const InputDocument& one, Node resources) {
  for (std::size_t i = 0; resources.is(NodeKind::map) && i < resources.size(); ++i) {
    const Node resource = resources.at(i);
    const Node properties = resource["Properties"];
    if (!is_nested_stack(resource["Type"].text())) {
      continue;
    }
    const Node url = properties["TemplateURL"];
    if (const auto* part = meant_by(url.exists() ? url : properties["Location"], one.path)) {
      parts_[one.path].insert(part->path);
    }
  }
}

const InputDocument* Nesting::meant_by(Node written, const std::string& from) const {
  const std::string_view text = text_of(written);
  const auto beside = by_path_.find(path_below(folder_of(from), text));
  return beside != by_path_.end() && beside->second->path != from ? beside->second
                                                                  : named_by(text, from);
}

const InputDocument* Nesting::named_by(std::string_view url, const std::string& from) const {
  const auto called = by_file_.find(file_of(url.substr(0, url.find('?'))));
  const bool is_one = called != by_file_.end() && called->second.size() == 1;
  return is_one && called->second.front()->path != from ? called->second.front() : nullptr;
}

const InputDocument* Nesting::lying_at(const std::string& path) const {
  const auto found = by_path_.find(path_below("", path));
  return found == by_path_.end() ? nullptr : found->second;
}

bool Nesting::is_part(const InputDocument& one) const {
  const auto nests = [&](const std::string& whole, const std::string& part) {
    const auto parts = parts_.find(whole);
    return parts != parts_.end() && parts->second.contains(part);
  };
  return std::any_of(parts_.begin(), parts_.end(), [&](const auto& whole) {
    return whole.first != one.path && whole.second.contains(one.path) &&
           !nests(one.path, whole.first);
  });
}

}  // namespace outlast::import
