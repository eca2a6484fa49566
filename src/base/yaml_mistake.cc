// The library says "illegal map value" at the second colon of the second line when a space is
// missing after the colon of the first. It has few messages and each has several causes; which one
// it was shows in the line and the one before. So a message picks a function, the function looks at
// the lines, and what is told is the cause, at its own place.

#include "base/yaml_mistake.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/characters.h"
#include "base/utf8.h"

namespace outlast::base {

namespace {

constexpr std::string_view kQuoteIt = "put the value in quotes";

/// A line of the text without its indentation and what follows it.
struct Line {
  std::size_t begin = 0;
  std::size_t first = 0;  ///< of what is not a space
  std::size_t end = 0;

  [[nodiscard]] std::size_t indent() const { return first - begin; }
};

Line line_at(std::string_view text, std::size_t at) {
  const std::size_t before = at == 0 ? npos : text.rfind('\n', at - 1);
  Line line;
  line.begin = before == npos ? 0 : before + 1;
  line.end = std::min(text.find('\n', at), text.size());
  line.first = std::min(text.find_first_not_of(" \t", line.begin), line.end);
  return line;
}

/// The nearest line before that is neither empty nor a comment; itself if there is none.
Line line_before(std::string_view text, const Line& line) {
  Line before = line;
  while (before.begin > 0) {
    before = line_at(text, before.begin - 1);
    if (before.first < before.end && text[before.first] != '#' && text[before.first] != '\r') {
      return before;
    }
  }
  return line;
}

std::string_view content(std::string_view text, const Line& line) {
  return text.substr(line.first, line.end - line.first);
}

YamlTrouble syntax(std::size_t begin, std::size_t end, std::string_view message,
                   std::string_view help) {
  return {"OUT-E1102", begin, end, std::string(message), std::string(help), std::nullopt};
}

/// One character at a place, or the place itself at the end of the text.
YamlTrouble syntax_at(std::string_view text, std::size_t at, std::string_view message,
                      std::string_view help) {
  const std::size_t length = at < text.size() && text[at] != '\n' ? decode_utf8(text, at).bytes : 0;
  return syntax(at, at + length, message, help);
}

/// A colon in the middle of the line before, with no space behind it: `image:nginx`.
std::size_t colon_without_space(std::string_view text, const Line& line) {
  const std::string_view words = content(text, line);
  const std::size_t colon = words.find(':');
  const bool is_one_word = words.find_first_of(" \"'") >= words.size();
  return colon != npos && colon + 1 < words.size() && is_one_word ? line.first + colon : npos;
}

/// A key was found where no key may begin; what is wrong stands before it as often as here.
YamlTrouble unexpected_key(std::string_view text, std::size_t at) {
  const Line line = line_at(text, at);
  const Line before = line_before(text, line);
  const std::string_view here = text.substr(line.first, at - line.first);
  if (here.find(": ") != npos) {
    return syntax_at(text, at, "a second colon in one line", kQuoteIt);
  }
  const std::size_t colon = before.begin < line.begin ? colon_without_space(text, before) : npos;
  if (colon != npos) {
    return syntax(colon, colon + 1, "a space is missing after this colon", "write key: value");
  }
  if (before.begin < line.begin && line.indent() > before.indent()) {
    return syntax(line.first, at, "this line is indented deeper than the one it should align with",
                  "give the keys of one map the same indentation");
  }
  if (before.begin < line.begin && content(text, before).find(':') == npos) {
    return syntax(before.first, before.end, "this line is neither a key with a colon nor an item",
                  "write key: value, or - item");
  }
  return syntax_at(text, at, "a key may not stand here", kQuoteIt);
}

/// Something stands where the next key or item of a block should.
YamlTrouble out_of_place(std::string_view text, std::size_t at, bool in_list) {
  const Line line = line_at(text, at);
  if (at >= text.size()) {
    return syntax_at(text, at, "the file ends too early", "was it cut off?");
  }
  if (line.first != at) {
    return syntax_at(text, at, "this does not belong to the value before it",
                     "put the whole value in quotes, or begin a new line");
  }
  const Line before = line_before(text, line);
  if (line.indent() != before.indent()) {
    return syntax_at(text, at, "the indentation of this line fits no line above it",
                     "indent it as the lines it belongs to, with spaces");
  }
  if (in_list) {
    return syntax_at(text, at, "an item is expected here", "begin it with - and a space");
  }
  return syntax_at(text, at, "a key with a colon is expected here", "write key: value");
}

/// Neither a comma nor the closing bracket follows an entry.
YamlTrouble not_closed(std::string_view text, std::size_t at, std::size_t opened, bool is_list) {
  const std::string_view message =
      is_list ? "a comma or ] is expected here" : "a comma or } is expected here";
  if (at >= text.size() && opened != npos) {
    return syntax(opened, opened + 1, "this bracket is never closed", "close it");
  }
  YamlTrouble trouble = syntax_at(text, at, message,
                                  is_list ? "close the list with ], or put the value in quotes"
                                          : "close the map with }, or put the value in quotes");
  trouble.opened = opened == npos ? std::nullopt : std::optional(opened);
  return trouble;
}

/// @, ` and % begin nothing in YAML.
YamlTrouble reserved(std::string_view text, std::size_t at, std::size_t /*opened*/) {
  return syntax_at(text, at, "a value may not begin with this character", kQuoteIt);
}

/// The library notices a bad escape behind it.
YamlTrouble bad_escape(std::string_view text, std::size_t at, std::size_t /*opened*/) {
  const std::size_t backslash = text.rfind('\\', at == 0 ? 0 : at - 1);
  const std::size_t begin = backslash == npos ? at : backslash;
  return syntax(begin, std::min(begin + 2, text.size()), "a backslash may not stand before this",
                "write \\\\ for a backslash, or use single quotes");
}

/// The quote whose string the library was reading when it met the end or a document marker.
YamlTrouble open_quote(std::string_view text, std::size_t at, std::size_t /*opened*/) {
  std::size_t quote = npos;
  for (std::size_t next = 0; next < std::min(at, text.size()); ++next) {
    const bool may_begin = next == 0 || std::string_view(" \t\n[{,:").find(text[next - 1]) != npos;
    if (text[next] == '#' && may_begin) {
      next = std::min(text.find('\n', next), text.size() - 1);
    } else if (may_begin && (text[next] == '"' || text[next] == '\'')) {
      const std::size_t end = quoted_end(text, next);
      if (end == npos || end > at) {
        quote = next;
        break;
      }
      next = end - 1;
    }
  }
  return quote == npos ? syntax_at(text, at, "a string is never closed", "close it")
                       : syntax(quote, quote + 1, "this string is never closed",
                                "close it with the same quote");
}

/// Messages whose cause shows in the text.
struct Explanation {
  std::string_view prefix;  ///< of the library's message
  YamlTrouble (*explain)(std::string_view text, std::size_t at, std::size_t opened);
};

constexpr std::array kExplanations = {
    Explanation{"illegal map value", [](std::string_view text, std::size_t at,
                                        std::size_t) { return unexpected_key(text, at); }},
    Explanation{"end of map flow",
                [](std::string_view text, std::size_t at, std::size_t opened) {
                  return not_closed(text, at, opened, false);
                }},
    Explanation{"end of sequence flow",
                [](std::string_view text, std::size_t at, std::size_t opened) {
                  return not_closed(text, at, opened, true);
                }},
    Explanation{"end of map", [](std::string_view text, std::size_t at,
                                 std::size_t) { return out_of_place(text, at, false); }},
    Explanation{"end of sequence", [](std::string_view text, std::size_t at,
                                      std::size_t) { return out_of_place(text, at, true); }},
    Explanation{"unknown token", reserved},
    Explanation{"illegal character in scalar", reserved},
    Explanation{"unknown escape", bad_escape},
    Explanation{"bad character found while scanning hex", bad_escape},
    Explanation{"invalid unicode", bad_escape},
    Explanation{"illegal EOF in scalar", open_quote},
    Explanation{"illegal document indicator", open_quote},
};

/// Messages that need only other words.
struct Sentence {
  std::string_view prefix;
  std::string_view message;
  std::string_view help;
};

constexpr std::array kSentences = {
    Sentence{"illegal tab", "a tab is used for indentation", "YAML is indented with spaces"},
    Sentence{"illegal flow end", "this bracket closes nothing", "remove it, or open it before"},
    Sentence{"illegal block entry", "an item may not begin here", "begin it in a line of its own"},
    Sentence{"illegal map key", "a key may not begin here", "begin it in a line of its own"},
    Sentence{"the referenced anchor", "this alias has no anchor before it",
             "define it with & before it is used"},
    Sentence{"alias not found", "a name is missing after *", kQuoteIt},
    Sentence{"anchor not found", "a name is missing after &", kQuoteIt},
    Sentence{"illegal character found while scanning alias", "this may not stand in an alias",
             kQuoteIt},
    Sentence{"illegal character found while scanning anchor", "this may not stand in an anchor",
             kQuoteIt},
    Sentence{"cannot assign multiple tags", "a second tag for one value", "remove one"},
    Sentence{"cannot assign multiple anchors", "a second anchor for one value", "remove one"},
    Sentence{"aliases can't", "an alias may have no tag and no anchor", "remove it"},
    Sentence{"cannot set zero", "the indentation of a block of text may not be 0",
             "write a number from 1 to 9"},
    Sentence{"unexpected character in block", "this may not stand behind | or >",
             "begin the text in the next line"},
    Sentence{"plain value cannot start", "a value may not begin with this character", kQuoteIt},
    Sentence{"illegal character found while scanning tag", "this may not stand in a tag", kQuoteIt},
    Sentence{"tag handle with no suffix", "a tag is not complete", kQuoteIt},
    Sentence{"end of verbatim tag", "a tag begun with !< is never closed", "close it with >"},
    Sentence{"bad YAML version", "this version of YAML is not known", "remove the line"},
    Sentence{"YAML major version", "this version of YAML is not known", "remove the line"},
};

}  // namespace

YamlTrouble explain_yaml_mistake(std::string_view text, std::string_view message, std::size_t at,
                                 std::size_t opened) {
  at = std::min(at, text.size());
  for (const Explanation& one : kExplanations) {
    if (message.starts_with(one.prefix)) {
      return one.explain(text, at, opened);
    }
  }
  for (const Sentence& one : kSentences) {
    if (message.starts_with(one.prefix)) {
      return syntax_at(text, at, one.message, one.help);
    }
  }
  return syntax_at(text, at, "this is not valid YAML", "");
}

YamlTrouble explain_stray_document(std::string_view text, std::size_t at) {
  if (text.substr(at).starts_with('-')) {
    return syntax(at, at + 1, "a space is missing after this dash", "write - item");
  }
  return syntax_at(text, at, "this does not belong to what stands before it",
                   "indent it as the lines it belongs to; a second document begins with ---");
}

}  // namespace outlast::base
