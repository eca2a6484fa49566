#include "base/yaml_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "base/characters.h"
#include "base/yaml_mistake.h"

namespace outlast::base {

YamlReader::YamlReader(const Sources& sources, SourceId source, const DocumentLimits& limits,
                       Diagnostics& diagnostics)
    : sources_(sources),
      diagnostics_(diagnostics),
      source_(source),
      text_(sources.text(source)),
      keeps_tags_(limits.keeps_tags),
      budget_{limits.yaml_nodes, limits.depth} {}

/// The library takes what fits nowhere else for a new document, marker or not.
void YamlReader::begin_document(std::size_t begin) {
  if (has_stopped_) {
    return;
  }
  const std::string_view between = text_.substr(end_, begin - std::min(begin, end_));
  const bool has_start = is_document_marker(text_, begin, "---");
  const bool has_marker = has_start || between.starts_with("...") || between.find("\n...") != npos;
  if (!documents_.empty() && !has_marker) {
    return tell(explain_stray_document(text_, begin));
  }
  end_ = begin + (has_start ? 3 : 0);
  tree_.emplace(sources_, source_, budget_, diagnostics_);
}

void YamlReader::end_document() {
  if (!has_stopped_) {
    documents_.push_back(tree_->take());
  }
}

/// The library calls a null what is written as one and what is not written at all; only in the
/// second case may `at` be the place of what follows.
void YamlReader::null(std::size_t at, std::size_t anchor) {
  if (has_stopped_) {
    return;
  }
  const std::size_t begin = skip_properties(text_, at, false);
  const std::size_t end = begin >= end_ ? null_end(begin) : begin;
  if (end <= begin) {
    return empty(at, anchor);
  }
  read_over(begin, end);
  tree_->scalar(NodeKind::null, text_.substr(begin, end - begin), span(begin, end), anchor, true);
  has_stopped_ = tree_->has_failed();
}

void YamlReader::alias(std::size_t begin, std::size_t anchor) {
  if (has_stopped_) {
    return;
  }
  const std::size_t end = std::min(text_.find_first_of(" \t\r\n,[]{}", begin), text_.size());
  read_over(begin, end);
  tree_->alias(anchor, span(begin, end));
  has_stopped_ = tree_->has_failed();
}

void YamlReader::scalar(std::size_t at, std::string_view tag, std::size_t anchor,
                        std::string_view value) {
  if (has_stopped_) {
    return;
  }
  constexpr std::string_view kCore = "tag:yaml.org,2002:";
  const std::size_t begin = std::max(skip_properties(text_, at, !value.empty()), end_);
  const bool has_sign = std::string_view("\"'|>").find(byte(begin)) != npos;
  const bool is_plain = tag == "?" || (tag != "!" && !has_sign);
  const std::size_t end = scalar_end(begin, is_plain, value);
  if (end == npos) {
    return wrong(begin, begin + 1, "this string is never closed", "close it with the same quote");
  }
  read_over(begin, end);
  const bool is_kept = keeps(tag);
  if (is_kept) {
    open_tag(tag, begin, std::exchange(anchor, 0));
  }
  const bool is_typed = tag.starts_with(kCore) && tag.substr(kCore.size()) != "str";
  const bool is_resolved = tag == "?" || is_typed;
  tree_->scalar(is_resolved ? kind_of_plain(value) : NodeKind::string, value, span(begin, end),
                anchor, is_plain && tag == "?");
  if (is_kept) {
    tree_->close(end);
  }
  has_stopped_ = tree_->has_failed();
}

/// A tag of the file's own, at a value: keys are strings, whatever tag they have.
bool YamlReader::keeps(std::string_view tag) const {
  return keeps_tags_ && tag.size() > 1 && tag.front() == '!' && !tree_->expects_key();
}

/// Begins the map that stands for a value with a tag; its one key is the tag.
void YamlReader::open_tag(std::string_view tag, std::size_t begin, std::size_t anchor) {
  tree_->open(NodeKind::map, begin, anchor);
  if (!tree_->has_failed()) {
    tree_->scalar(NodeKind::string, tag, span(begin, begin), 0, false);
  }
}

/// Where brackets are, the end will be searched; where none are, it is that of the last child.
void YamlReader::open(NodeKind kind, std::size_t at, std::string_view tag, std::size_t anchor,
                      bool is_flow) {
  if (has_stopped_) {
    return;
  }
  const bool has_properties = anchor != 0 || tag != "?";
  const std::size_t begin = has_properties ? skip_properties(text_, at, true) : at;
  const bool is_list = kind == NodeKind::list;
  Form form = Form::block;
  if (is_flow) {
    form = byte(begin) == (is_list ? '[' : '{') ? Form::brackets : Form::pair;
  }
  const bool is_kept = keeps(tag);
  open_.push_back({form, is_list, begin, is_kept});
  end_ = std::max(end_, begin + (form == Form::brackets ? 1 : 0));
  if (is_kept) {
    open_tag(tag, begin, std::exchange(anchor, 0));
  }
  if (!tree_->has_failed()) {
    tree_->open(kind, begin, anchor);
  }
  has_stopped_ = tree_->has_failed();
}

void YamlReader::close() {
  if (has_stopped_) {
    return;
  }
  const Open done = open_.back();
  open_.pop_back();
  if (done.form == Form::brackets) {
    end_ = flow_end(text_, end_, done.is_list ? ']' : '}');
  }
  tree_->close(std::max(end_, done.begin));
  if (done.is_tagged && !tree_->has_failed()) {
    tree_->close(std::max(end_, done.begin));
  }
  has_stopped_ = tree_->has_failed();
  if (!open_.empty() && !open_.back().is_list && !tree_->expects_key()) {
    key_ = span(done.begin, end_);
  }
}

void YamlReader::tell(const YamlTrouble& trouble) {
  has_stopped_ = true;
  Diagnostic told;
  told.code = trouble.code;
  told.span = span(trouble.begin, trouble.end);
  told.message = trouble.message;
  told.help = trouble.help;
  if (trouble.opened) {
    const Position opened = sources_.position(source_, *trouble.opened);
    told.notes.push_back(
        fmt::format("it was opened in line {}, column {}", opened.line, opened.column));
  }
  diagnostics_.add(std::move(told));
}

void YamlReader::tell_mistake(std::string_view message, std::size_t at) {
  if (has_stopped_) {
    return;  // the first mistake was told
  }
  const bool in_brackets = !open_.empty() && open_.back().form == Form::brackets;
  tell(explain_yaml_mistake(text_, message, at == npos ? end_ : at,
                            in_brackets ? open_.back().begin : npos));
}

void YamlReader::wrong(std::size_t begin, std::size_t end, std::string_view message,
                       std::string_view help) {
  tell({"OUT-E1102", begin, end, std::string(message), std::string(help), std::nullopt});
}

/// A node that is not written: `key:` with nothing behind it, or a mistake.
void YamlReader::empty(std::size_t next, std::size_t anchor) {
  const bool is_value = !open_.empty() && !open_.back().is_list && !tree_->expects_key();
  if (is_value && open_.back().form == Form::block && anchor == 0) {
    check_colon();
  }
  if (!open_.empty() && open_.back().is_list && open_.back().form == Form::brackets &&
      anchor == 0) {
    wrong(next, next + 1, "nothing stands before this comma", "remove the comma");
  }
  if (has_stopped_) {
    return;
  }
  // Its place is behind the colon or dash that announces it.
  const std::size_t sign = skip_blank(text_, end_);
  if (sign < next && std::string_view(":-?").find(byte(sign)) != npos) {
    end_ = sign + 1;
  }
  const std::size_t place =
      tree_->expects_key() ? std::max(end_, std::min(next, text_.size())) : end_;
  tree_->scalar(NodeKind::null, "", span(place, place), anchor, true);
  has_stopped_ = tree_->has_failed();
}

/// Takes note of where a scalar or alias lies.
void YamlReader::read_over(std::size_t begin, std::size_t end) {
  if (tree_->expects_key()) {
    const std::string_view between = text_.substr(end_, begin - std::min(begin, end_));
    key_ = span(begin, end);
    is_explicit_key_ = between.find('?') != npos;
  }
  end_ = end;
}

/// A key at the end of a block may stand without a colon for the library: `a: 1\nfoo`.
void YamlReader::check_colon() {
  std::size_t behind = key_.end;
  while (is_blank(byte(behind))) {
    ++behind;
  }
  if (key_.end != end_ || byte(behind) == ':' || is_explicit_key_) {
    return;
  }
  const std::string_view key = text_.substr(key_.begin, key_.end - key_.begin);
  const std::size_t colon = key.find(':');
  if (colon != npos && byte(key_.begin) != '"' && byte(key_.begin) != '\'') {
    wrong(key_.begin + colon, key_.begin + colon + 1, "a space is missing after this colon",
          "write key: value");
  } else {
    wrong(key_.begin, key_.end, "a colon is missing after this key", "write key: value");
  }
}

/// Behind the null written at a place; the place itself if none is, or if it is the next key.
std::size_t YamlReader::null_end(std::size_t begin) const {
  std::size_t end = begin;
  while (end < text_.size() && std::string_view(" \t\r\n,[]{}:").find(text_[end]) == npos) {
    ++end;
  }
  std::size_t next = end;
  while (is_blank(byte(next))) {
    ++next;
  }
  const bool is_word =
      end > begin && kind_of_plain(text_.substr(begin, end - begin)) == NodeKind::null;
  return is_word && (byte(next) != ':' || tree_->expects_key()) ? end : begin;
}

/// npos if a quote is never closed: at the end of the file the library does not mind.
std::size_t YamlReader::scalar_end(std::size_t begin, bool is_plain, std::string_view value) const {
  const char first = byte(begin);
  if (!is_plain && (first == '"' || first == '\'')) {
    return quoted_end(text_, begin);
  }
  const bool is_block = (first == '|' || first == '>') && !is_plain;
  return is_block ? block_scalar_end(text_, begin) : plain_end(text_, begin, value);
}

}  // namespace outlast::base
