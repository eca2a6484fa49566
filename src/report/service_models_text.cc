#include <fmt/format.h>

#include "base/quoted_line.h"
#include "base/text.h"
#include "report/frame.h"
#include "report/service_models.h"
#include "report/table.h"

namespace outlast::report {

using findings::count_text;
using findings::ServiceVariant;

namespace {

class ServiceModelsText : Frame {
 public:
  ServiceModelsText(const ServiceModelsContent& content, const TextStyle& style)
      : Frame(style), content_(content), models_(content.models) {}

  std::string write() {
    const auto& q = content_.surge;
    heading(fmt::format("{} · {} users", base::printable(content_.name), count_text(q.from_users)));
    if (const std::string hint = cloud_hint(models_); !hint.empty()) {
      line(hint);
    }
    line("");
    write_table();
    write_break_even();
    write_steps();
    write_unpriced();
    write_sources();
    return take();
  }

 private:
  void write_table() {
    std::vector<std::string> heads = {""};
    for (const ServiceVariant& variant : models_.variants) {
      heads.push_back(model_title(variant.numbers.name));
    }
    Table table(heads, style().book);
    for (const auto& texts : service_model_rows(content_)) {
      std::vector<Cell> cells;
      for (const std::string& text : texts) {
        cells.push_back({text});
      }
      table.add(std::move(cells));
    }
    Frame::table(table, "2");
  }

  void write_break_even() {
    title("loads at which another is the cheaper one");
    for (const std::string& text : break_even_texts(models_)) {
      line("  " + text);
    }
  }

  void write_steps() {
    for (const ServiceVariant& variant : models_.variants) {
      if (variant.is_as_it_is) {
        continue;
      }
      title(model_title(variant.numbers.name));
      for (const auto& step : variant.steps) {
        line("  " + base::printable(step_text(step)));
      }
    }
  }

  void write_unpriced() {
    for (const ServiceVariant& variant : models_.variants) {
      if (!variant.unpriced.empty()) {
        title("without a price, " + model_title(variant.numbers.name));
        line("  " + base::printable(base::join_words(variant.unpriced, 6)));
      }
    }
  }

  void write_sources() {
    title("hours and minutes");
    for (const std::string& source : models_.variants.front().sources) {
      line("  " + source);
    }
  }

  const ServiceModelsContent& content_;
  const findings::ServiceModels& models_;
};

}  // namespace

std::string service_models_text(const ServiceModelsContent& content, const TextStyle& style) {
  return ServiceModelsText(content, style).write();
}

}  // namespace outlast::report
