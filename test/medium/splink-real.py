"""Real Splink on DuckDB: scores given pairs with a settings file, or trains a model and predicts. Prints nothing but JSON."""
import json
import logging
import sys
import warnings

warnings.filterwarnings("ignore")
logging.disable(logging.WARNING)

import duckdb  # noqa: E402
from splink import DuckDBAPI, Linker  # noqa: E402


def tables(con, job):
    names = []
    for at, file in enumerate(job["files"]):
        text = ", all_varchar=true" if job.get("text") else ""
        con.execute(f"create table file_{at} as select * from read_csv('{file}', header=true{text})")
        names.append(f"file_{at}")
        if job.get("prepare"):
            sql = open(job["prepare"]).read().replace("{raw}", names[at]).replace("{prepared}", f"ready_{at}")
            con.execute(sql)
            names[at] = f"ready_{at}"
    return names


def linker_of(con, job, settings):
    db = DuckDBAPI(connection=con)
    frames = [db.register(con.table(name), dataset_display_name=f"rows_{at}") for at, name in enumerate(tables(con, job))]
    return db, Linker(frames if len(frames) > 1 else frames[0], settings=settings)


def score(con, job):
    settings = json.load(open(job["settings"]))
    db, linker = linker_of(con, job, settings)
    con.execute(f"create table wanted as select * from read_csv('{job['pairs']}', header=true, all_varchar=true)")
    frame = con.sql("select '0' as match_key, l as join_key_l, r as join_key_r from wanted").df()
    linker.table_management.register_blocked_pairs_for_predict(db.register(frame))
    return linker.inference.predict(), settings


def train(con, job):
    import splink.comparison_library as cl
    from splink import block_on

    settings = {
        "link_type": "dedupe_only",
        "unique_id_column_name": "id",
        "comparisons": [
            cl.ForenameSurnameComparison("given_name", "surname").configure(term_frequency_adjustments=True),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.PostcodeComparison("postcode"),
            cl.EmailComparison("email"),
            cl.ExactMatch("sex").configure(term_frequency_adjustments=True),
            cl.LevenshteinAtThresholds("nhs", [1, 2]),
            cl.DamerauLevenshteinAtThresholds("phone", [1, 2]),
            cl.JaroWinklerAtThresholds("town", [0.9, 0.7]),
            cl.JaroAtThresholds("address", [0.9, 0.7]),
        ],
        "blocking_rules_to_generate_predictions": [
            block_on("surname", "substr(given_name, 1, 1)"),
            block_on("dob"),
            "l.postcode = r.postcode and levenshtein(l.surname, r.surname) <= 3",
        ],
        "probability_two_random_records_match": 0.003,
        "retain_intermediate_calculation_columns": True,
    }
    _, linker = linker_of(con, job, settings)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e5, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("dob"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("postcode"))
    linker.misc.save_model_to_json(job["settings"], overwrite=True)
    return linker.inference.predict(), json.load(open(job["settings"]))


def main():
    job = json.load(open(sys.argv[1]))
    con = duckdb.connect()
    con.execute("set threads=2")
    predicted, settings = (train if job["do"] == "train" else score)(con, job)
    unique = settings.get("unique_id_column_name", "unique_id")
    gammas = [f"gamma_{c['output_column_name']}" for c in settings["comparisons"]] if job.get("gammas") else []
    there = {row[0] for row in con.execute(f"describe {predicted.physical_name}").fetchall()}
    columns = [f'cast("{unique}_l" as varchar) l', f'cast("{unique}_r" as varchar) r', "match_weight"]
    columns += [f'"{gamma}"' for gamma in gammas if gamma in there]
    con.execute(f"copy (select {', '.join(columns)} from {predicted.physical_name}) to '{job['out']}' (header)")
    print(json.dumps({"pairs": con.execute(f"select count(*) from {predicted.physical_name}").fetchone()[0]}))


main()
