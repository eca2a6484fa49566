// Reads JSON as fast as it comes from the disk: plans have tens of megabytes.
//
// simdjson's first stage finds every token (brackets, commas, colons, first bytes of scalars),
// and checks UTF-8, quotes and control characters on the way. We walk its list of offsets and make
// nodes of them, so every node knows its bytes and a string without escapes stays where it is.
// simdjson's own tree keeps no offsets, and its on-demand reader looks at what is asked for only.
// The first stage reads nothing behind the text, so the text needs no padding (tested).
//
// This walk only says yes or no; what is wrong with a refused text is found by json_mistake.h.

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <utility>

#include "base/assert.h"
#include "base/byte_size.h"
#include "base/document.h"
#include "base/json_mistake.h"
#include "base/json_reader.h"

namespace outlast::base {

namespace {

void tell_syntax(const Sources& sources, SourceId source, Diagnostics& diagnostics) {
  const std::string& text = sources.text(source);
  const std::optional<JsonMistake> mistake = find_json_mistake(text);
  OUTLAST_ASSERT(mistake.has_value(), "a JSON text that was refused has a mistake");
  Diagnostic told;
  told.code = "OUT-E1102";
  told.span = {source, static_cast<std::uint32_t>(mistake->begin),
               static_cast<std::uint32_t>(mistake->end)};
  told.message = mistake->message;
  told.help = mistake->help;
  if (mistake->opened) {
    const Position opened = sources.position(source, *mistake->opened);
    told.notes.push_back(
        fmt::format("it was opened in line {}, column {}", opened.line, opened.column));
  }
  diagnostics.add(std::move(told));
}

void tell_too_large(SourceId source, std::string message, Diagnostics& diagnostics) {
  diagnostics.error("OUT-E1101", {source, 0, 0}, std::move(message),
                    "give the parts that matter in several smaller files");
}

void tell_refusal(const Sources& sources, SourceId source, const JsonReader& reader,
                  JsonRefusal refusal, std::size_t depth, Diagnostics& diagnostics) {
  if (refusal == JsonRefusal::too_deep) {
    diagnostics.error("OUT-E1103", {source, reader.place(), reader.place() + 1},
                      fmt::format("more than {} lists and objects lie inside each other", depth),
                      "is this file what you meant to give?");
  } else if (refusal == JsonRefusal::too_large) {
    tell_too_large(source,
                   "the file holds more than 268 million values, or a string of more than 256 MiB",
                   diagnostics);
  } else {
    tell_syntax(sources, source, diagnostics);
  }
}

}  // namespace

std::optional<Document> parse_json(const Sources& sources, SourceId source,
                                   Diagnostics& diagnostics, const DocumentLimits& limits) {
  const std::string& text = sources.text(source);
  constexpr std::size_t kOffsets = std::numeric_limits<std::uint32_t>::max() - 64;
  const std::size_t most = std::min(limits.bytes, kOffsets);
  if (text.size() > most) {
    tell_too_large(source,
                   fmt::format("the file has {}; at most {} of JSON are read",
                               byte_size(text.size()), byte_size(most)),
                   diagnostics);
    return std::nullopt;
  }
  std::unique_ptr<simdjson::internal::dom_parser_implementation> scanner;
  if (simdjson::get_active_implementation()->create_dom_parser_implementation(text.size(), 1,
                                                                              scanner)) {
    tell_too_large(source, "there is not enough memory to read the file", diagnostics);
    return std::nullopt;
  }
  if (scanner->stage1(reinterpret_cast<const std::uint8_t*>(text.data()), text.size(),
                      simdjson::stage1_mode::regular)) {
    tell_syntax(sources, source, diagnostics);
    return std::nullopt;
  }
  JsonReader reader(text, source, limits.depth);
  const JsonRefusal refusal =
      reader.read(scanner->structural_indexes.get(), scanner->n_structural_indexes);
  if (refusal != JsonRefusal::none) {
    tell_refusal(sources, source, reader, refusal, limits.depth, diagnostics);
    return std::nullopt;
  }
  reader.duplicates().tell(sources, diagnostics);
  return reader.take();
}

}  // namespace outlast::base
