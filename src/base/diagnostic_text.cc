// Prints diagnostics as people know them from their compilers:
//
//     error[OUT-E1203]: unknown key "replica" in component web
//       --> shop.yaml:12:25
//        |
//     12 |   web: { type: aws.ec2, replica: 4 }
//        |                         ^^^^^^^
//        = help: did you mean "replicas"?
//
// A plan is often one line of tens of megabytes, and a place in it costs a pass over what stands
// before it: for the column, and for whether it lies inside a string (see secret_mask.h).
// So diagnostics are made in the order of the texts, each going on where the last one stood.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <optional>
#include <tuple>
#include <utility>

#include "base/diagnostics.h"
#include "base/quoted_line.h"
#include "base/secret_mask.h"

namespace outlast::base {

namespace {

constexpr std::string_view kBold = "\x1B[1m";
constexpr std::string_view kBlue = "\x1B[1;34m";
constexpr std::string_view kPlain = "\x1B[0m";

struct SeverityStyle {
  std::string_view word;
  std::string_view color;
};

SeverityStyle style_of(DiagnosticSeverity severity) {
  switch (severity) {
    case DiagnosticSeverity::error:
      return {"error", "\x1B[1;31m"};
    case DiagnosticSeverity::warning:
      return {"warning", "\x1B[1;33m"};
    case DiagnosticSeverity::note:
      break;
  }
  return {"note", "\x1B[1;32m"};
}

/// Where the text of one source is being read: what was learnt of a line of twenty megabytes is
/// kept for the next diagnostic in it.
struct Reading {
  SourceId source;
  std::size_t offset = 0;
  Position position;
  ByteRange line;
  std::optional<SecretMask> mask;
};

/// By its name or how it begins; a broken text must be known too.
TextForm form_of(std::string_view path, std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  const char begins = first == std::string_view::npos ? ' ' : text[first];
  if (begins == '{' || begins == '[' || path.ends_with(".json") || path.ends_with(".tfstate")) {
    return TextForm::json;
  }
  return begins == '<' ? TextForm::xml : TextForm::words;
}

class Renderer {
 public:
  Renderer(const Sources& sources, const DiagnosticStyle& style)
      : sources_(sources), style_(style) {}

  [[nodiscard]] std::string render(const std::vector<Diagnostic>& items);

 private:
  [[nodiscard]] std::string painted(std::string_view color, std::string_view text) const;
  void one(const Diagnostic& diagnostic);
  void place(const Diagnostic& diagnostic, std::size_t& gutter);
  void remark(std::size_t gutter, std::string_view word, std::string_view text);
  void summary(const std::vector<Diagnostic>& items);
  void read_to(Span span);

  const Sources& sources_;
  const DiagnosticStyle& style_;
  Reading reading_;
  std::string out_;
};

std::string Renderer::painted(std::string_view color, std::string_view text) const {
  return style_.color ? fmt::format("{}{}{}", color, text, kPlain) : std::string(text);
}

std::string Renderer::render(const std::vector<Diagnostic>& items) {
  const std::size_t shown = std::min(items.size(), style_.max_shown);
  std::vector<std::size_t> order(shown);
  std::iota(order.begin(), order.end(), std::size_t{0});
  // Made in the order of the texts, so that each text is read once; told in the order of the input.
  std::stable_sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
    const Span a = items[left].span;
    const Span b = items[right].span;
    return std::tie(a.source, a.begin) < std::tie(b.source, b.begin);
  });
  std::vector<std::string> texts(shown);
  for (const std::size_t i : order) {
    one(items[i]);
    texts[i] = std::exchange(out_, {});
  }
  for (const std::string& text : texts) {
    out_ += text + "\n";
  }
  if (shown < items.size()) {
    out_ += fmt::format("{} more not shown\n", items.size() - shown);
  }
  if (!items.empty()) {
    summary(items);
  }
  return std::move(out_);
}

/// One diagnostic: what is wrong, where, and what to do.
void Renderer::one(const Diagnostic& diagnostic) {
  const SeverityStyle look = style_of(diagnostic.severity);
  const std::string code =
      diagnostic.code.empty() ? "" : fmt::format("[{}]", printable(diagnostic.code));
  out_ += painted(look.color, fmt::format("{}{}", look.word, code));
  out_ += painted(kBold, ": " + printable(diagnostic.message));
  out_ += '\n';
  std::size_t gutter = 1;
  if (diagnostic.span.exists()) {
    place(diagnostic, gutter);
  }
  for (const std::string& note : diagnostic.notes) {
    remark(gutter, "note", note);
  }
  if (!diagnostic.help.empty()) {
    remark(gutter, "help", diagnostic.help);
  }
}

/// Path, line and column, the quoted line and the carets; sets the margin for what follows.
void Renderer::place(const Diagnostic& diagnostic, std::size_t& gutter) {
  const Span span = diagnostic.span;
  const std::string& text = sources_.text(span.source);
  read_to(span);
  const std::string number = std::to_string(reading_.position.line);
  gutter = number.size();
  const std::string margin(gutter, ' ');
  const std::size_t taken = gutter + 3;
  const QuotedLine quoted = quote_line(
      text, reading_.line, {reading_.offset, std::min<std::size_t>(span.end, text.size())},
      style_.width - std::min(style_.width, taken), *reading_.mask);
  out_ += fmt::format("{}{} {}:{}:{}\n", margin, painted(kBlue, "-->"),
                      printable(sources_.path(span.source)), reading_.position.line,
                      reading_.position.column);
  out_ += fmt::format("{} {}\n", margin, painted(kBlue, "|"));
  out_ += fmt::format("{} {} {}\n", painted(kBlue, number), painted(kBlue, "|"), quoted.text);
  const std::size_t indent = quoted.carets.find('^');
  out_ += fmt::format("{} {} {}{}\n", margin, painted(kBlue, "|"), std::string(indent, ' '),
                      painted(style_of(diagnostic.severity).color, quoted.carets.substr(indent)));
}

void Renderer::remark(std::size_t gutter, std::string_view word, std::string_view text) {
  out_ += fmt::format("{} {} {}: {}\n", std::string(gutter, ' '), painted(kBlue, "="),
                      painted(kBold, word), printable(text));
}

/// "2 errors, 1 warning": of all items, shown or not; kinds that do not occur are left out.
void Renderer::summary(const std::vector<Diagnostic>& items) {
  std::array<std::size_t, 3> counts = {};
  for (const Diagnostic& item : items) {
    ++counts[static_cast<std::size_t>(item.severity)];
  }
  std::string line;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] > 0) {
      line +=
          fmt::format("{}{} {}{}", line.empty() ? "" : ", ", counts[i],
                      style_of(static_cast<DiagnosticSeverity>(i)).word, counts[i] == 1 ? "" : "s");
    }
  }
  out_ += line + "\n";
}

/// Moves the reading to the begin of a span; from where it stands, if that is not behind it.
void Renderer::read_to(Span span) {
  const std::string_view text = sources_.text(span.source);
  const std::size_t offset = std::min<std::size_t>(span.begin, text.size());
  if (reading_.source != span.source || offset < reading_.offset) {
    reading_ = Reading();
    reading_.source = span.source;
  }
  // Nothing is looked for twice in a line that is already known: its ends may be far away.
  const std::size_t known_line = reading_.position.line;
  reading_.position =
      advance(reading_.position, text.substr(reading_.offset, offset - reading_.offset));
  reading_.offset = offset;
  if (reading_.mask && known_line == reading_.position.line) {
    return;
  }
  const std::size_t before = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
  reading_.line = {before == std::string_view::npos ? 0 : before + 1,
                   std::min(text.find('\n', offset), text.size())};
  if (reading_.line.end > reading_.line.begin && text[reading_.line.end - 1] == '\r') {
    --reading_.line.end;
  }
  reading_.mask.emplace(text, reading_.line, form_of(sources_.path(span.source), text));
}

}  // namespace

std::string render(const Diagnostics& diagnostics, const Sources& sources,
                   const DiagnosticStyle& style) {
  return Renderer(sources, style).render(diagnostics.items());
}

}  // namespace outlast::base
