import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortedNumericSelector;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.BytesRef;

/**
 * Lucene as a peer of the bench ({@code bench/new_questions.py} says the protocol).
 *
 * <p>{@code Answers build FOLDER}: documents on standard input, a JSON object a line. {@code Answers
 * answer FOLDER MODE}: questions there. {@code best}: the ten highest by block-max, then one pass
 * that only counts, over ordinals. {@code stock}: one search that counts every match for the total,
 * then the same counting pass, since Lucene brings none of its own without another module.
 */
public final class Answers {
  private static final String[] TEXTS = {"headline", "body"};
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Analyzer ENGLISH = new English();
  private static final Sort NEWEST_FIRST =
      new Sort(LongField.newSortField("day", true, SortedNumericSelector.Type.MAX));

  private final IndexSearcher searcher;
  private final UnifiedHighlighter highlighter;
  private final boolean best;

  private Answers(DirectoryReader reader, boolean best) {
    searcher = new IndexSearcher(reader);
    searcher.setQueryCache(null); // a question is asked once
    highlighter = UnifiedHighlighter.builder(searcher, ENGLISH).withMaxLength(200_000).build();
    this.best = best;
  }

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[1]);
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    if (arguments[0].equals("build")) {
      build(folder, lines);
    } else {
      try (DirectoryReader reader = DirectoryReader.open(new MMapDirectory(folder))) {
        new Answers(reader, arguments[2].equals("best")).answerAll(lines);
      }
    }
  }

  private static void build(Path folder, BufferedReader lines) throws IOException {
    FieldType text = new FieldType(TextField.TYPE_STORED);
    text.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS);
    IndexWriterConfig settings = new IndexWriterConfig(ENGLISH).setRAMBufferSizeMB(512);
    try (IndexWriter writer = new IndexWriter(new MMapDirectory(folder), settings)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode record = JSON.readTree(line);
        String date = record.get("date").asText();
        Document made = new Document();
        made.add(new StringField("id", record.get("id").asText(), Field.Store.YES));
        for (String name : TEXTS) {
          made.add(new Field(name, record.get(name).asText(), text));
        }
        String agency = record.get("agency").asText();
        made.add(new StringField("agency", agency, Field.Store.YES));
        made.add(new SortedDocValuesField("agency", new BytesRef(agency)));
        made.add(new SortedDocValuesField("month", new BytesRef(date.substring(0, 7))));
        made.add(new LongField("day", Long.parseLong(date.replace("-", "")), Field.Store.NO));
        made.add(new StoredField("date", date));
        writer.addDocument(made);
      }
      writer.forceMerge(1);
    }
  }

  private void answerAll(BufferedReader lines) throws IOException {
    var threads = ManagementFactory.getThreadMXBean();
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      JsonNode question = JSON.readTree(line);
      long cpu = threads.getCurrentThreadCpuTime();
      long wall = System.nanoTime();
      ObjectNode answer = answer(question);
      answer.put("cpu_us", (threads.getCurrentThreadCpuTime() - cpu) / 1e3);
      answer.put("wall_us", (System.nanoTime() - wall) / 1e3);
      out.println(JSON.writeValueAsString(answer));
      out.flush();
    }
  }

  private ObjectNode answer(JsonNode question) throws IOException {
    Query query = query(question, "");
    TopDocs found = top(question, query);
    Counting counted = counted(query);
    ObjectNode answer = JSON.createObjectNode();
    answer.put("total", counted.total);
    boolean byAgency = !question.get("agencies").isEmpty();
    boolean byDay = !question.get("day_from").isNull();
    Counting agencies = byAgency ? counted(query(question, "agency")) : counted;
    Counting months = byDay ? counted(query(question, "date")) : counted;
    answer.set("agencies", JSON.valueToTree(agencies.counts.get("agency")));
    answer.set("months", JSON.valueToTree(months.counts.get("month")));
    List<String> ids = new ArrayList<>();
    List<String> snippets = new ArrayList<>();
    StoredFields stored = searcher.storedFields();
    boolean browsing = question.get("clauses").isEmpty();
    for (var each : found.scoreDocs) {
      Document document = stored.document(each.doc);
      ids.add(document.get("id"));
      if (browsing) {
        String body = document.get("body");
        snippets.add(body.substring(0, Math.min(200, body.length())));
      }
    }
    if (!browsing) {
      snippets.addAll(List.of(marked(query, found)));
    }
    answer.set("ids", JSON.valueToTree(ids));
    answer.set("snippets", JSON.valueToTree(snippets));
    return answer;
  }

  private String[] marked(Query query, TopDocs found) throws IOException {
    String[] passages = highlighter.highlight("body", query, found, 1);
    for (int at = 0; at < passages.length; at++) {
      passages[at] = passages[at] == null ? "" : passages[at];
    }
    return passages;
  }

  private TopDocs top(JsonNode question, Query query) throws IOException {
    if (question.get("clauses").isEmpty()) {
      return searcher.search(query, 10, NEWEST_FIRST);
    }
    int counted = best ? 10 : Integer.MAX_VALUE;
    return searcher.search(query, new TopScoreDocCollectorManager(10, null, counted));
  }

  @SuppressWarnings("deprecation") // one thread, as all peers
  private Counting counted(Query query) throws IOException {
    Counting counting = new Counting();
    searcher.search(query, counting);
    return counting;
  }

  /** The question without one of its filters, or with all of them. */
  private Query query(JsonNode question, String without) throws IOException {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    BooleanQuery.Builder words = new BooleanQuery.Builder();
    Occur joined = question.get("any_of").asBoolean() ? Occur.SHOULD : Occur.MUST;
    for (JsonNode clause : question.get("clauses")) {
      boolean unwanted = clause.get("kind").asText().equals("not");
      words.add(clause(clause), unwanted ? Occur.MUST_NOT : joined);
    }
    if (!question.get("clauses").isEmpty()) {
      all.add(words.build(), Occur.MUST);
    }
    if (!question.get("agencies").isEmpty() && !without.equals("agency")) {
      List<BytesRef> names = new ArrayList<>();
      question.get("agencies").forEach(each -> names.add(new BytesRef(each.asText())));
      all.add(new TermInSetQuery("agency", names), Occur.FILTER);
    }
    if (!question.get("day_from").isNull() && !without.equals("date")) {
      long low = question.get("day_from").asLong();
      all.add(LongField.newRangeQuery("day", low, question.get("day_to").asLong()), Occur.FILTER);
    }
    BooleanQuery made = all.build();
    return made.clauses().isEmpty() ? new MatchAllDocsQuery() : made;
  }

  private Query clause(JsonNode clause) throws IOException {
    BooleanQuery.Builder fields = new BooleanQuery.Builder();
    for (String field : TEXTS) {
      fields.add(inField(clause, field), Occur.SHOULD);
    }
    return fields.build();
  }

  private Query inField(JsonNode clause, String field) throws IOException {
    String first = clause.get("words").get(0).asText();
    switch (clause.get("kind").asText()) {
      case "prefix":
        return new PrefixQuery(new Term(field, first.toLowerCase()));
      case "fuzzy":
        return new FuzzyQuery(new Term(field, first.toLowerCase()), 1);
      default:
        List<String> terms = new ArrayList<>();
        for (JsonNode word : clause.get("words")) {
          terms.addAll(terms(field, word.asText()));
        }
        if (terms.size() > 1) {
          return new PhraseQuery(field, terms.toArray(String[]::new));
        }
        return new TermQuery(new Term(field, terms.isEmpty() ? first : terms.get(0)));
    }
  }

  private static List<String> terms(String field, String text) throws IOException {
    List<String> found = new ArrayList<>();
    try (TokenStream stream = ENGLISH.tokenStream(field, text)) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        found.add(term.toString());
      }
      stream.end();
    }
    return found;
  }

  /** Small letters and Porter's second stemmer, as the other peers have them. */
  private static final class English extends Analyzer {
    @Override
    protected TokenStreamComponents createComponents(String field) {
      StandardTokenizer cut = new StandardTokenizer();
      return new TokenStreamComponents(cut, new SnowballFilter(new LowerCaseFilter(cut), "English"));
    }
  }

  /** Counts matches by the ordinals of both columns, without scores. */
  private static final class Counting extends SimpleCollector {
    private final Map<String, Map<String, Integer>> counts = new HashMap<>();
    private final SortedDocValues[] columns = new SortedDocValues[2];
    private final int[][] numbers = new int[2][];
    private long total;

    private Counting() {
      counts.put("agency", new TreeMap<>());
      counts.put("month", new TreeMap<>());
    }

    @Override
    protected void doSetNextReader(LeafReaderContext context) throws IOException {
      columns[0] = DocValues.getSorted(context.reader(), "agency");
      columns[1] = DocValues.getSorted(context.reader(), "month");
      for (int at = 0; at < 2; at++) {
        numbers[at] = new int[columns[at].getValueCount()];
      }
    }

    @Override
    public void collect(int document) throws IOException {
      total++;
      for (int at = 0; at < 2; at++) {
        if (columns[at].advanceExact(document)) {
          numbers[at][columns[at].ordValue()]++;
        }
      }
    }

    @Override
    public void finish() throws IOException {
      for (int at = 0; at < 2; at++) {
        for (int ordinal = 0; ordinal < numbers[at].length; ordinal++) {
          if (numbers[at][ordinal] > 0) {
            String name = columns[at].lookupOrd(ordinal).utf8ToString();
            counts.get(at == 0 ? "agency" : "month").merge(name, numbers[at][ordinal], Integer::sum);
          }
        }
      }
    }

    @Override
    public ScoreMode scoreMode() {
      return ScoreMode.COMPLETE_NO_SCORES;
    }
  }
}
