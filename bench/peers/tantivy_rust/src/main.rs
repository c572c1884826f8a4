//! tantivy without Python between, as a peer of the bench (`bench/new_questions.py` says the protocol).
//!
//!     tantivy-answers build FOLDER        documents on standard input, a JSON object a line
//!     tantivy-answers answer FOLDER MODE  questions on standard input; `best` or `stock`
//!
//! `best`: the ten highest by block-max, then one pass that only counts, over ordinals of the columns.
//! `stock`: one search for the ten highest, the total and the aggregations that tantivy brings.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};
use std::ops::Bound;
use std::path::Path;
use std::time::Instant;

use cpu_time::ProcessTime;
use serde_json::{json, Value};
use tantivy::aggregation::agg_req::Aggregations;
use tantivy::aggregation::{AggContextParams, AggregationCollector};
use tantivy::collector::{Collector, Count, SegmentCollector, TopDocs};
use tantivy::columnar::StrColumn;
use tantivy::query::{
    AllQuery, BooleanQuery, FuzzyTermQuery, Occur, PhraseQuery, Query, RangeQuery, RegexQuery,
    TermQuery, TermSetQuery,
};
use tantivy::schema::{
    Field, IndexRecordOption, Schema, Value as _, FAST, INDEXED, STORED, STRING, TEXT,
};
use tantivy::snippet::SnippetGenerator;
use tantivy::tokenizer::TokenStream;
use tantivy::{
    doc, DocAddress, DocId, Index, Order, Score, Searcher, SegmentOrdinal, SegmentReader,
    TantivyDocument, Term,
};

type Failure = Box<dyn std::error::Error>;
type Counts = BTreeMap<String, u64>;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[1..] {
        ["build", folder] => build(Path::new(folder)),
        ["answer", folder, mode] => answer_all(Path::new(folder), mode == "best"),
        _ => Err("build FOLDER, or answer FOLDER best|stock".into()),
    }
}

struct Fields {
    id: Field,
    headline: Field,
    body: Field,
    agency: Field,
    month: Field,
    day: Field,
}

impl Fields {
    fn of(schema: &Schema) -> Result<Fields, Failure> {
        Ok(Fields {
            id: schema.get_field("id")?,
            headline: schema.get_field("headline")?,
            body: schema.get_field("body")?,
            agency: schema.get_field("agency")?,
            month: schema.get_field("month")?,
            day: schema.get_field("day")?,
        })
    }
}

fn schema() -> Schema {
    let mut made = Schema::builder();
    let plain = TEXT | STORED;
    let stemmed = plain.clone().set_indexing_options(
        plain.get_indexing_options().unwrap().clone().set_tokenizer("en_stem"),
    );
    made.add_text_field("id", STRING | STORED);
    made.add_text_field("headline", stemmed.clone());
    made.add_text_field("body", stemmed);
    made.add_text_field("agency", STRING | STORED | FAST);
    made.add_text_field("month", STRING | STORED | FAST);
    made.add_u64_field("day", STORED | INDEXED | FAST);
    made.build()
}

fn build(folder: &Path) -> Result<(), Failure> {
    let index = Index::create_in_dir(folder, schema())?;
    let fields = Fields::of(&index.schema())?;
    let mut writer = index.writer_with_num_threads(2, 512_000_000)?;
    for line in io::stdin().lock().lines() {
        let record: Value = serde_json::from_str(&line?)?;
        let text = |name: &str| record[name].as_str().unwrap_or_default().to_owned();
        let date = text("date");
        writer.add_document(doc!(
            fields.id => text("id"),
            fields.headline => text("headline"),
            fields.body => text("body"),
            fields.agency => text("agency"),
            fields.month => date[..7].to_owned(),
            fields.day => date.replace('-', "").parse::<u64>()?,
        ))?;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(())
}

fn answer_all(folder: &Path, best: bool) -> Result<(), Failure> {
    let index = Index::open_in_dir(folder)?;
    let searcher = index.reader()?.searcher();
    let peer = Peer { fields: Fields::of(&index.schema())?, searcher, index };
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let question: Value = serde_json::from_str(&line?)?;
        let (cpu, wall) = (ProcessTime::now(), Instant::now());
        let mut answer = if best { peer.best(&question)? } else { peer.stock(&question)? };
        answer["cpu_us"] = json!(cpu.elapsed().as_secs_f64() * 1e6);
        answer["wall_us"] = json!(wall.elapsed().as_secs_f64() * 1e6);
        writeln!(out, "{answer}")?;
        out.flush()?;
    }
    Ok(())
}

struct Peer {
    index: Index,
    searcher: Searcher,
    fields: Fields,
}

impl Peer {
    fn best(&self, question: &Value) -> Result<Value, Failure> {
        let query = self.query(question, "")?;
        let found = self.top(question, &*query)?;
        let Counted { total, mut agencies, mut months } = self.searcher.search(&*query, &Counting)?;
        if narrowed(question, "agencies") {
            agencies = self.searcher.search(&*self.query(question, "agency")?, &Counting)?.agencies;
        }
        if !question["day_from"].is_null() {
            months = self.searcher.search(&*self.query(question, "date")?, &Counting)?.months;
        }
        self.shown(question, &*query, &found, total, json!(agencies), json!(months))
    }

    fn stock(&self, question: &Value) -> Result<Value, Failure> {
        let query = self.query(question, "")?;
        let (found, total) = if is_browsing(question) {
            (self.top(question, &*query)?, self.searcher.search(&*query, &Count)?)
        } else {
            let (found, total) = self
                .searcher
                .search(&*query, &(TopDocs::with_limit(10).order_by_score(), Count))?;
            (found.into_iter().map(|(_, address)| address).collect(), total)
        };
        let agencies = self.aggregated(&*self.query(question, "agency")?, "agency")?;
        let months = self.aggregated(&*self.query(question, "date")?, "month")?;
        self.shown(question, &*query, &found, total as u64, agencies, months)
    }

    fn top(&self, question: &Value, query: &dyn Query) -> Result<Vec<DocAddress>, Failure> {
        let ten = TopDocs::with_limit(10);
        if is_browsing(question) {
            let found = self.searcher.search(query, &ten.order_by_u64_field("day", Order::Desc))?;
            return Ok(found.into_iter().map(|(_, address)| address).collect());
        }
        let found = self.searcher.search(query, &ten.order_by_score())?;
        Ok(found.into_iter().map(|(_, address)| address).collect())
    }

    fn aggregated(&self, query: &dyn Query, name: &str) -> Result<Value, Failure> {
        let wanted = json!({name: {"terms": {"field": name, "size": 10_000}}});
        let wanted: Aggregations = serde_json::from_value(wanted)?;
        let collector = AggregationCollector::from_aggs(wanted, AggContextParams::default());
        let found = serde_json::to_value(self.searcher.search(query, &collector)?)?;
        let buckets = found[name]["buckets"].as_array().cloned().unwrap_or_default();
        let counts: Counts = buckets
            .iter()
            .map(|each| {
                let key = each["key"].as_str().unwrap_or_default().to_owned();
                (key, each["doc_count"].as_u64().unwrap_or_default())
            })
            .collect();
        Ok(json!(counts))
    }

    fn shown(
        &self,
        question: &Value,
        query: &dyn Query,
        found: &[DocAddress],
        total: u64,
        agencies: Value,
        months: Value,
    ) -> Result<Value, Failure> {
        let maker = match is_browsing(question) {
            true => None,
            false => Some(SnippetGenerator::create(&self.searcher, query, self.fields.body)?),
        };
        let (mut ids, mut snippets) = (Vec::new(), Vec::new());
        for address in found {
            let document: TantivyDocument = self.searcher.doc(*address)?;
            let text = |field| document.get_first(field).and_then(|each| each.as_str()).unwrap_or("");
            ids.push(text(self.fields.id).to_owned());
            snippets.push(match &maker {
                Some(maker) => maker.snippet_from_doc(&document).to_html(),
                None => text(self.fields.body).chars().take(200).collect(),
            });
        }
        Ok(json!({"total": total, "ids": ids, "agencies": agencies, "months": months,
                  "snippets": snippets}))
    }

    /// The question without one of its filters, or with all of them.
    fn query(&self, question: &Value, without: &str) -> Result<Box<dyn Query>, Failure> {
        let joined = if question["any_of"] == true { Occur::Should } else { Occur::Must };
        let mut words = Vec::new();
        for clause in question["clauses"].as_array().unwrap_or(&Vec::new()) {
            let occur = if clause["kind"] == "not" { Occur::MustNot } else { joined };
            words.push((occur, self.clause(clause)?));
        }
        let mut parts: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        if !words.is_empty() {
            parts.push((Occur::Must, Box::new(BooleanQuery::new(words))));
        }
        if narrowed(question, "agencies") && without != "agency" {
            let agencies = question["agencies"].as_array().unwrap().iter();
            let terms = agencies.map(|each| {
                Term::from_field_text(self.fields.agency, each.as_str().unwrap_or_default())
            });
            parts.push((Occur::Must, Box::new(TermSetQuery::new(terms))));
        }
        if let (Some(low), Some(high), true) =
            (question["day_from"].as_u64(), question["day_to"].as_u64(), without != "date")
        {
            let bound = |day| Bound::Included(Term::from_field_u64(self.fields.day, day));
            parts.push((Occur::Must, Box::new(RangeQuery::new(bound(low), bound(high)))));
        }
        Ok(match parts.len() {
            0 => Box::new(AllQuery),
            1 => parts.remove(0).1,
            _ => Box::new(BooleanQuery::new(parts)),
        })
    }

    fn clause(&self, clause: &Value) -> Result<Box<dyn Query>, Failure> {
        let mut fields: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for field in [self.fields.headline, self.fields.body] {
            fields.push((Occur::Should, self.in_field(clause, field)?));
        }
        Ok(Box::new(BooleanQuery::new(fields)))
    }

    fn in_field(&self, clause: &Value, field: Field) -> Result<Box<dyn Query>, Failure> {
        let words: Vec<&str> =
            clause["words"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        let first = words[0].to_lowercase();
        if clause["kind"] == "prefix" {
            return Ok(Box::new(RegexQuery::from_pattern(&format!("{first}.*"), field)?));
        }
        if clause["kind"] == "fuzzy" {
            let term = Term::from_field_text(field, &first);
            return Ok(Box::new(FuzzyTermQuery::new(term, 1, true)));
        }
        let mut terms = Vec::new();
        let mut analyzer = self.index.tokenizer_for_field(field)?;
        for word in words {
            let mut tokens = analyzer.token_stream(word);
            tokens.process(&mut |token| terms.push(Term::from_field_text(field, &token.text)));
        }
        Ok(match terms.len() {
            0 => Box::new(TermQuery::new(Term::from_field_text(field, &first), WITH_FREQS)),
            1 => Box::new(TermQuery::new(terms.remove(0), WITH_FREQS)),
            _ => Box::new(PhraseQuery::new(terms)),
        })
    }
}

const WITH_FREQS: IndexRecordOption = IndexRecordOption::WithFreqs;

fn narrowed(question: &Value, by: &str) -> bool {
    question[by].as_array().is_some_and(|each| !each.is_empty())
}

fn is_browsing(question: &Value) -> bool {
    !narrowed(question, "clauses")
}

/// Counts matches by the ordinals of both columns, without scores.
struct Counting;

#[derive(Default)]
struct Counted {
    total: u64,
    agencies: Counts,
    months: Counts,
}

struct CountingSegment {
    total: u64,
    columns: [(StrColumn, Vec<u32>); 2],
}

impl Collector for Counting {
    type Fruit = Counted;
    type Child = CountingSegment;

    fn for_segment(
        &self,
        _: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<CountingSegment> {
        let column = |name| -> tantivy::Result<(StrColumn, Vec<u32>)> {
            let column = segment.fast_fields().str(name)?.expect("a column that was written");
            let counts = vec![0; column.num_terms()];
            Ok((column, counts))
        };
        Ok(CountingSegment { total: 0, columns: [column("agency")?, column("month")?] })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<Counted>) -> tantivy::Result<Counted> {
        let mut all = Counted::default();
        for each in segments {
            all.total += each.total;
            for (name, count) in each.agencies {
                *all.agencies.entry(name).or_default() += count;
            }
            for (name, count) in each.months {
                *all.months.entry(name).or_default() += count;
            }
        }
        Ok(all)
    }
}

impl SegmentCollector for CountingSegment {
    type Fruit = Counted;

    fn collect(&mut self, document: DocId, _: Score) {
        self.total += 1;
        for (column, counts) in &mut self.columns {
            if let Some(ordinal) = column.ords().first(document) {
                counts[ordinal as usize] += 1;
            }
        }
    }

    fn harvest(self) -> Counted {
        let named = |(column, counts): &(StrColumn, Vec<u32>)| -> Counts {
            let mut found = Counts::new();
            for (ordinal, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
                let mut name = String::new();
                if column.ord_to_str(ordinal as u64, &mut name).unwrap_or(false) {
                    found.insert(name, u64::from(*count));
                }
            }
            found
        };
        Counted {
            total: self.total,
            agencies: named(&self.columns[0]),
            months: named(&self.columns[1]),
        }
    }
}
