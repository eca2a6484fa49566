#include "words/said_texts.h"

#include <algorithm>
#include <set>
#include <string>

#include "base/json_writer.h"
#include "words/phrasebook.h"

namespace outlast::words {
namespace {

/// A text of several words, without its escapes; empty for others, and where it has other escapes
/// than those of quotes and backslashes.
std::string sentence_of(std::string_view escaped) {
  std::string text;
  if (escaped.find(' ') == std::string_view::npos) {
    return text;
  }
  for (std::size_t at = 0; at < escaped.size(); ++at) {
    if (escaped[at] == '\\' &&
        (++at == escaped.size() || (escaped[at] != '"' && escaped[at] != '\\'))) {
      return {};
    }
    text += escaped[at];
  }
  return text;
}

/// Of the document, once each.
std::set<std::string> sentences_of(std::string_view json) {
  std::set<std::string> sentences;
  std::size_t open = json.find('"');
  while (open < json.size()) {
    std::size_t close = open + 1;
    while (close < json.size() && json[close] != '"') {
      close += json[close] == '\\' ? 2 : 1;
    }
    const std::size_t end = std::min(close, json.size());
    if (!json.substr(end).starts_with("\":")) {
      sentences.insert(sentence_of(json.substr(open + 1, end - open - 1)));
    }
    open = json.find('"', end + 1);
  }
  sentences.erase("");
  return sentences;
}

}  // namespace

std::string said_texts(std::string_view json, const Names& names) {
  const auto sentences = sentences_of(json);
  base::JsonWriter out;
  out.begin_object();
  for (const std::string_view language : languages()) {
    if (Phrasebook::of(language) == nullptr) {
      continue;
    }
    const Phrasebook book = Phrasebook::of(language)->but_names(names);
    out.key(language);
    out.begin_object();
    for (const std::string& english : sentences) {
      if (const std::string said = book.say(english); said != english) {
        out.member(english, said);
      }
    }
    out.end_object();
  }
  out.end_object();
  return out.take();
}

}  // namespace outlast::words
