#pragma once

#include <fmt/format.h>

#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/source.h"
#include "blueprint/blueprint.h"
#include "findings/data_pack.h"
#include "findings/evaluation.h"
#include "findings/rules.h"
#include "gate/decide.h"
#include "words/phrasebook.h"

namespace outlast::report {

struct ServiceModelsContent;

struct InputLine {
  std::string path;
  std::string format;
  base::SourceId source;
};

/// What a report is made of. It computes nothing: a derived number belongs upstream.
struct Content {
  const blueprint::Blueprint& blueprint;
  const findings::Analysis& analysis;
  const std::vector<findings::Fix>& fixes;
  const base::Sources& sources;
  const gate::Decision& decision;
  std::vector<InputLine> inputs;
  std::uint64_t seed = 1;
  std::string folder;  ///< the working folder: paths below it are told relative to it
  std::vector<findings::DataPack> data = {};  ///< the knowledge that was compiled in
  /// The same on other service models, for the page; null where nobody worked it out.
  const ServiceModelsContent* models = nullptr;
};

/// Findings that are told, by their index; the others are ignored.
[[nodiscard]] std::vector<std::size_t> shown_findings(const Content& content);

/// Fixes of findings that are told.
[[nodiscard]] std::vector<findings::Fix> shown_fixes(const Content& content);

struct TextStyle {
  bool color = false;
  std::size_t width = 110;
  std::size_t findings = 12;                ///< the rest is counted
  const words::Phrasebook* book = nullptr;  ///< of the language; null: English
  std::string language = "en";              ///< of the book
  bool is_plain = false;    ///< charts of plain letters, for terminals that show no others
  words::Names names = {};  ///< of the architecture: said in no language
  std::shared_ptr<const words::Phrasebook> own = nullptr;  ///< where `book` is made for `names`

  /// From now on these are names, whatever words of ours they are spelled like.
  void keep(words::Names of_the_architecture) {
    names = std::move(of_the_architecture);
    if (book != nullptr) {
      own = std::make_shared<const words::Phrasebook>(book->but_names(names));
      book = own.get();
    }
  }

  /// A text in an ink of terminals ("1" is bold), where there are colours.
  [[nodiscard]] std::string painted(std::string_view text, std::string_view code) const {
    return color && !text.empty() && !code.empty() ? fmt::format("\x1b[{}m{}\x1b[0m", code, text)
                                                   : std::string(text);
  }

  /// A line of the report in its language.
  [[nodiscard]] std::string said(std::string_view line) const {
    return book == nullptr ? std::string(line) : book->say_line(line);
  }
};

/// A format that reports are written in.
struct Format {
  std::string_view name;  ///< "sarif"
  std::string_view meaning;
  std::string (*write)(const Content& content, const TextStyle& style);
};

/// All formats, the default first.
[[nodiscard]] std::span<const Format> formats();

/// For people: survival table first, then the numbers, findings and what to fix first.
[[nodiscard]] std::string to_text(const Content& content, const TextStyle& style);

/// For programs: snake_case, the same bytes for the same input, seed and version.
[[nodiscard]] std::string to_json(const Content& content);

/// For a browser: one file that asks for nothing else, with the JSON report and a page that shows it.
/// Opens in the language of the style; the reader can choose another.
[[nodiscard]] std::string to_html(const Content& content, const TextStyle& style);

/// SARIF 2.1.0, for code scanning: the findings, each with its place and fingerprint.
[[nodiscard]] std::string to_sarif(const Content& content);

/// JUnit XML, for test dashboards: a test case per expectation. Only what fails the gate is a
/// failure; what cannot be decided is an error, what nobody asked for is skipped.
[[nodiscard]] std::string to_junit(const Content& content);

/// GitHub-flavoured Markdown, for a comment on a pull request: at most `kMostMarkdown` bytes.
[[nodiscard]] std::string to_markdown(const Content& content, const TextStyle& style = {});

/// The findings as a table (RFC 4180), for spreadsheets.
[[nodiscard]] std::string to_csv(const Content& content);

/// These rules, for people and for programs.
[[nodiscard]] std::string rules_text(std::span<const findings::Rule* const> rules);
[[nodiscard]] std::string rules_json(std::span<const findings::Rule* const> rules);

/// Comments of the large forges end at 65,536 characters; the rest is for who posts it.
inline constexpr std::size_t kMostMarkdown = 65'000;

/// Version of the JSON report's shape; grows when a key changes its meaning.
inline constexpr int kSchemaVersion = 1;

}  // namespace outlast::report
