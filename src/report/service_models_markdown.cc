#include <fmt/format.h>

#include "report/markdown_text.h"
#include "report/service_models.h"

namespace outlast::report {

using findings::ServiceVariant;

namespace {

void write_head(const ServiceModelsContent& content, MarkdownPage& page) {
  page.add(fmt::format("### Outlast: {}, {} users\n", escaped_markdown(content.name),
                       findings::count_text(content.surge.from_users)));
  if (const std::string hint = cloud_hint(content.models); !hint.empty()) {
    page.add(fmt::format("\n{}\n", escaped_markdown(hint)));
  }
}

void write_table(const ServiceModelsContent& content, MarkdownPage& page) {
  std::string head = "\n|";
  std::string border = "|---|";
  for (const ServiceVariant& variant : content.models.variants) {
    head += " | " + model_title(variant.numbers.name);
    border += "---|";
  }
  page.add(fmt::format("{} |\n{}\n", head, border));
  std::vector<std::string> lines;
  for (const auto& texts : service_model_rows(content)) {
    std::string line = "|";
    for (const std::string& text : texts) {
      line += fmt::format(" {} |", escaped_markdown(text));
    }
    lines.push_back(line + "\n");
  }
  page.add_all(lines, "rows");
}

void write_list(std::string_view title, const std::vector<std::string>& texts, MarkdownPage& page) {
  if (texts.empty() || !page.add(fmt::format("\n**{}**\n\n", title))) {
    return;
  }
  std::vector<std::string> lines;
  for (const std::string& text : texts) {
    lines.push_back(fmt::format("- {}\n", escaped_markdown(text)));
  }
  page.add_all(lines, "lines");
}

}  // namespace

std::string service_models_markdown(const ServiceModelsContent& content,
                                    const words::Phrasebook* book) {
  MarkdownPage page(book);
  write_head(content, page);
  write_table(content, page);
  write_list("loads at which another is the cheaper one", break_even_texts(content.models), page);
  for (const ServiceVariant& variant : content.models.variants) {
    std::vector<std::string> steps;
    for (const findings::TwinStep& step : variant.steps) {
      steps.push_back(step_text(step));
    }
    const std::string title = model_title(variant.numbers.name);
    write_list(title, steps, page);
    write_list("without a price, " + title, variant.unpriced, page);
  }
  return page.take();
}

}  // namespace outlast::report
