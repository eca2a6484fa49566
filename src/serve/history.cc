#include "serve/history.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <cstdint>
#include <map>
#include <string_view>
#include <utility>

#include "base/json_document.h"
#include "base/write_file.h"
#include "serve/response.h"

namespace outlast::serve {
namespace {

constexpr int kFileVersion = 1;
constexpr int kMostRuns = 200;  ///< told; the file keeps all
constexpr int kPatience_ms = 5'000;

constexpr const char* kTables =
    "CREATE TABLE IF NOT EXISTS runs (id INTEGER PRIMARY KEY, at TEXT NOT NULL,"
    " inputs TEXT NOT NULL, name TEXT NOT NULL, version TEXT NOT NULL, digest TEXT NOT NULL);"
    "CREATE INDEX IF NOT EXISTS runs_of_inputs ON runs (inputs, id);"
    "CREATE TABLE IF NOT EXISTS numbers (run INTEGER NOT NULL REFERENCES runs (id),"
    " name TEXT NOT NULL, value REAL NOT NULL, more_is_better INTEGER NOT NULL,"
    " PRIMARY KEY (run, name)) WITHOUT ROWID;";

/// A statement, and how far it has come.
class Statement {
 public:
  Statement(sqlite3* database, const char* text) : database_(database) {
    status_ = sqlite3_prepare_v2(database, text, -1, &statement_, nullptr);
  }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  /// Not copied: the text must live as long as the statement.
  Statement& bind(int at, const std::string& text) {
    sqlite3_bind_text(statement_, at, text.data(), static_cast<int>(text.size()), nullptr);
    return *this;
  }
  Statement& bind(int at, double number) {
    sqlite3_bind_double(statement_, at, number);
    return *this;
  }
  Statement& bind(int at, std::int64_t number) {
    sqlite3_bind_int64(statement_, at, number);
    return *this;
  }

  /// To the next row; false at the end or where it fails.
  bool next() {
    status_ = status_ == SQLITE_OK || status_ == SQLITE_ROW ? sqlite3_step(statement_) : status_;
    return status_ == SQLITE_ROW;
  }
  [[nodiscard]] std::string text(int column) const {
    const unsigned char* bytes = sqlite3_column_text(statement_, column);
    return bytes == nullptr ? "" : reinterpret_cast<const char*>(bytes);
  }
  [[nodiscard]] double number(int column) const {
    return sqlite3_column_double(statement_, column);
  }
  [[nodiscard]] std::int64_t integer(int column) const {
    return sqlite3_column_int64(statement_, column);
  }
  [[nodiscard]] bool has_failed() const {
    return status_ != SQLITE_OK && status_ != SQLITE_ROW && status_ != SQLITE_DONE;
  }
  /// Runs it to its end.
  [[nodiscard]] base::Result<Recorded> finish() {
    while (next()) {
    }
    if (has_failed()) {
      return base::fail(sqlite3_errmsg(database_));
    }
    return Recorded{true};
  }

 private:
  sqlite3* database_;
  sqlite3_stmt* statement_ = nullptr;
  int status_ = SQLITE_OK;
};

base::Result<Recorded> execute(sqlite3* database, const char* text) {
  if (sqlite3_exec(database, text, nullptr, nullptr, nullptr) != SQLITE_OK) {
    return base::fail(sqlite3_errmsg(database));
  }
  return Recorded{true};
}

struct Point {
  std::int64_t run;
  double value;
};

struct Trend {
  bool more_is_better = false;
  std::vector<Point> points;  ///< the oldest first
};

void write_trend(base::JsonWriter& json, const std::string& name, const Trend& trend) {
  const double last = trend.points.back().value;
  const std::size_t count = trend.points.size();
  const double change = count < 2 ? 0 : last - trend.points[count - 2].value;
  const double gain = trend.more_is_better ? change : -change;
  json.begin_object();
  json.member("name", name);
  json.member("last", last);
  json.key("change");
  count < 2 ? json.null() : json.value(change);
  json.member("trend", gain > 0 ? "better" : gain < 0 ? "worse" : "same");
  json.key("points");
  json.begin_array();
  for (const Point& point : trend.points) {
    json.begin_object();
    json.member("run", point.run);
    json.member("value", point.value);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

/// The runs that are told, as `runs` of the document; from the oldest on.
void write_runs(base::JsonWriter& json, sqlite3* database, const std::string& inputs) {
  json.key("runs");
  json.begin_array();
  Statement runs(database,
                 "SELECT id, at, name, version FROM (SELECT * FROM runs WHERE inputs = ?"
                 " ORDER BY id DESC LIMIT ?) ORDER BY id");
  runs.bind(1, inputs).bind(2, std::int64_t{kMostRuns});
  while (runs.next()) {
    json.begin_object();
    json.member("run", runs.integer(0));
    json.member("at", runs.text(1));
    json.member("name", runs.text(2));
    json.member("version", runs.text(3));
    json.end_object();
  }
  json.end_array();
}

}  // namespace

void History::Close::operator()(sqlite3* database) const {
  sqlite3_close_v2(database);
}

base::Result<History> History::open(const std::string& path) {
  if (const auto made = base::make_folder_of(path); !made) {
    return base::fail(made.error().message);
  }
  sqlite3* raw = nullptr;
  const int status =
      sqlite3_open_v2(path.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  History history{std::unique_ptr<sqlite3, Close>(raw)};
  if (status != SQLITE_OK) {
    return base::fail(raw == nullptr ? "no memory" : sqlite3_errmsg(raw));
  }
  sqlite3_busy_timeout(raw, kPatience_ms);
  const auto prepared = history.prepare();
  if (!prepared) {
    return base::fail(prepared.error().message, prepared.error().remedy);
  }
  return history;
}

base::Result<Recorded> History::prepare() {
  sqlite3* database = database_.get();
  Statement version(database, "PRAGMA user_version");
  const std::int64_t found = version.next() ? version.integer(0) : 0;
  if (version.has_failed()) {
    return base::fail(sqlite3_errmsg(database), "name another file, or none");
  }
  if (found > kFileVersion) {
    return base::fail("it is of a later version of outlast", "name another file, or none");
  }
  if (auto logged = version.finish(); !logged) {
    return logged;
  }
  for (const char* step : {"PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", kTables,
                           "PRAGMA user_version = 1"}) {
    if (auto done = execute(database, step); !done) {
      return done;
    }
  }
  return Recorded{true};
}

base::Result<Recorded> History::record(const Run& run) {
  sqlite3* database = database_.get();
  // The last run is looked at within the transaction: another server may write to the same file.
  if (auto begun = execute(database, "BEGIN IMMEDIATE"); !begun) {
    return begun;
  }
  auto done = insert_if_new(run);
  if (done) {
    if (auto kept = execute(database, "COMMIT"); !kept) {
      done = kept;
    }
  }
  if (!done) {
    sqlite3_exec(database, "ROLLBACK", nullptr, nullptr, nullptr);
  }
  return done;
}

base::Result<Recorded> History::insert_if_new(const Run& run) {
  Statement last(database_.get(),
                 "SELECT digest FROM runs WHERE inputs = ? ORDER BY id DESC LIMIT 1");
  last.bind(1, run.inputs);
  if (last.next() && last.text(0) == run.digest) {
    return Recorded{false};
  }
  if (auto seen = last.finish(); !seen) {
    return seen;
  }
  return insert(run);
}

base::Result<Recorded> History::insert(const Run& run) {
  sqlite3* database = database_.get();
  Statement row(database,
                "INSERT INTO runs (at, inputs, name, version, digest) VALUES (?, ?, ?, ?, ?)");
  row.bind(1, run.at)
      .bind(2, run.inputs)
      .bind(3, run.name)
      .bind(4, run.version)
      .bind(5, run.digest);
  if (auto done = row.finish(); !done) {
    return done;
  }
  const std::int64_t id = sqlite3_last_insert_rowid(database);
  for (const Number& number : run.numbers) {
    Statement item(database, "INSERT INTO numbers VALUES (?, ?, ?, ?)");
    item.bind(1, id)
        .bind(2, number.name)
        .bind(3, number.value)
        .bind(4, std::int64_t{number.more_is_better ? 1 : 0});
    if (auto done = item.finish(); !done) {
      return done;
    }
  }
  return Recorded{true};
}

base::Result<std::string> History::trends(const std::string& inputs) const {
  sqlite3* database = database_.get();
  base::JsonWriter json;
  base::begin_document(json, kSchemaVersion);
  write_runs(json, database, inputs);
  std::map<std::string, Trend> trends;
  Statement numbers(database,
                    "SELECT n.name, n.run, n.value, n.more_is_better FROM numbers n"
                    " WHERE n.run IN (SELECT id FROM runs WHERE inputs = ? ORDER BY id DESC"
                    " LIMIT ?) ORDER BY n.run");
  numbers.bind(1, inputs).bind(2, std::int64_t{kMostRuns});
  while (numbers.next()) {
    Trend& trend = trends[numbers.text(0)];
    trend.more_is_better = numbers.integer(3) != 0;
    trend.points.push_back({numbers.integer(1), numbers.number(2)});
  }
  if (numbers.has_failed()) {
    return base::fail(sqlite3_errmsg(database));
  }
  json.key("numbers");
  json.begin_array();
  for (const auto& [name, trend] : trends) {
    write_trend(json, name, trend);
  }
  json.end_array();
  json.end_object();
  return json.take();
}

base::Result<Recorded> History::check() const {
  Statement check(database_.get(), "PRAGMA integrity_check");
  const std::string said = check.next() ? check.text(0) : "it cannot be read";
  if (said != "ok") {
    return base::fail(said);
  }
  return Recorded{true};
}

std::string no_history() {
  base::JsonWriter json;
  base::begin_document(json, kSchemaVersion);
  for (const char* key : {"runs", "numbers"}) {
    json.key(key);
    json.begin_array();
    json.end_array();
  }
  json.end_object();
  return json.take();
}

std::string usual_history(const std::string& home, const std::string& state) {
  const std::string folder = !state.empty() ? state : home.empty() ? "" : home + "/.local/state";
  return folder.empty() ? "" : folder + "/outlast/history.sqlite";
}

}  // namespace outlast::serve
