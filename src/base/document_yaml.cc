// Reads YAML through the events of yaml-cpp: its nodes lose what we need, which is where things
// end, keys written twice and the order of merges. It throws; its exceptions end here.

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <istream>
#include <limits>
#include <new>
#include <streambuf>
#include <string>
#include <utility>

#include "base/byte_size.h"
#include "base/document.h"
#include "base/yaml_reader.h"
#include "base/yaml_text.h"

namespace outlast::base {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// Lets a stream read a text where it lies.
class TextBuffer : public std::streambuf {
 public:
  explicit TextBuffer(std::string_view text) {
    char* begin = const_cast<char*>(text.data());  // a get area is never written to
    setg(begin, begin, begin + text.size());
  }
};

/// Hands the library's events on, with its marks as offsets.
class Events : public YAML::EventHandler {
 public:
  Events(YamlReader& reader, std::size_t size, std::size_t skipped)
      : reader_(reader), size_(size), skipped_(skipped) {}

  /// The library counts bytes, but not those of the byte order mark.
  [[nodiscard]] std::size_t offset(const YAML::Mark& mark) const {
    return std::min(static_cast<std::size_t>(std::max(mark.pos, 0)) + skipped_, size_);
  }

  void OnDocumentStart(const YAML::Mark& mark) override { reader_.begin_document(offset(mark)); }
  void OnDocumentEnd() override { reader_.end_document(); }
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    reader_.null(offset(mark), anchor);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    reader_.alias(offset(mark), anchor);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    reader_.scalar(offset(mark), tag, anchor, value);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    reader_.open(NodeKind::list, offset(mark), tag, anchor, style != YAML::EmitterStyle::Block);
  }
  void OnSequenceEnd() override { reader_.close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    reader_.open(NodeKind::map, offset(mark), tag, anchor, style != YAML::EmitterStyle::Block);
  }
  void OnMapEnd() override { reader_.close(); }

 private:
  YamlReader& reader_;
  std::size_t size_;
  std::size_t skipped_;
};

/// The library's readings, with its exceptions turned into diagnostics.
void read_events(std::string_view text, YamlReader& reader) {
  const std::size_t skipped = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  Events events(reader, text.size(), skipped);
  try {
    TextBuffer buffer(text.substr(skipped));
    std::istream stream(&buffer);
    YAML::Parser parser(stream);
    while (!reader.has_stopped() && parser.HandleNextDocument(events)) {
    }
  } catch (const YAML::Exception& exception) {
    const bool has_place = !exception.mark.is_null();
    reader.tell_mistake(exception.msg,
                        has_place ? events.offset(exception.mark) : std::string_view::npos);
  } catch (const std::bad_alloc&) {
    reader.tell({"OUT-E1101", 0, 0, "there is not enough memory to read the file", "", {}});
  }
}

/// JSON is YAML too, and read a hundred times faster with a tenth of the memory as what it is.
std::optional<std::vector<Document>> as_json(const Sources& sources, SourceId source,
                                             const DocumentLimits& limits) {
  const std::string_view text = sources.text(source);
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || (text[first] != '{' && text[first] != '[')) {
    return std::nullopt;
  }
  Diagnostics ignored;  // whatever is wrong is told by the YAML reader, if it finds it wrong too
  std::optional<Document> json = parse_json(sources, source, ignored, limits);
  if (!json || ignored.has_errors()) {
    return std::nullopt;
  }
  std::vector<Document> documents;
  documents.push_back(*std::move(json));
  return documents;
}

}  // namespace

std::optional<std::vector<Document>> parse_yaml(const Sources& sources, SourceId source,
                                                Diagnostics& diagnostics,
                                                const DocumentLimits& limits) {
  const std::string_view text = sources.text(source);
  if (auto json = as_json(sources, source, limits)) {
    return json;
  }
  constexpr std::size_t kOffsets = std::numeric_limits<int>::max() - 64;
  const std::size_t most = std::min(limits.yaml_bytes, kOffsets);
  if (text.size() > most) {
    diagnostics.error("OUT-E1101", {source, 0, 0},
                      fmt::format("the file has {}; at most {} of YAML are read",
                                  byte_size(text.size()), byte_size(most)),
                      "give the parts that matter in several smaller files, or as JSON");
    return std::nullopt;
  }
  YamlReader reader(sources, source, limits, diagnostics);
  if (const auto trouble = find_yaml_trouble(text, limits.depth)) {
    reader.tell(*trouble);
  } else {
    read_events(text, reader);
  }
  if (reader.has_stopped()) {
    return std::nullopt;
  }
  return reader.take();
}

}  // namespace outlast::base
