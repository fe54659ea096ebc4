//! Lookups that wait for the database are answered together, by one question. A crowd that comes at one moment asks for one
//! room and for a thousand sessions: asked one by one, the way to the database and back would be most of the work.

use super::StoreError;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::oneshot;

/// Lookups in one question, at most.
const MOST: usize = 512;

/// Lookups of one kind.
#[derive(Debug)]
pub(super) struct Together<V> {
    waiting: Mutex<Vec<(String, oneshot::Sender<Option<V>>)>>,
    /// Whoever holds it asks for all who wait.
    turn: tokio::sync::Mutex<()>,
}

impl<V> Default for Together<V> {
    fn default() -> Self {
        Self { waiting: Mutex::default(), turn: tokio::sync::Mutex::default() }
    }
}

impl<V: Clone> Together<V> {
    /// What is kept under a key; `ask` answers what is kept under some.
    ///
    /// # Errors
    /// Those of `ask`, about this key and nobody else's.
    pub(super) async fn find<F>(
        &self,
        key: &str,
        ask: impl Fn(BTreeSet<String>) -> F,
    ) -> Result<Option<V>, StoreError>
    where
        F: Future<Output = Result<HashMap<String, V>, StoreError>>,
    {
        let (answer, mut hears) = oneshot::channel();
        self.waiting().push((key.to_owned(), answer));
        let heard = tokio::select! {
            biased;
            heard = &mut hears => heard.ok(),
            turn = self.turn.lock() => {
                let heard = self.serve(&mut hears, &ask).await;
                drop(turn);
                heard
            }
        };
        match heard {
            Some(found) => Ok(found),
            // Whoever asked for this one too has failed, or gone away.
            None => Ok(ask(BTreeSet::from([key.to_owned()])).await?.remove(key)),
        }
    }

    /// Asks for those who wait, until the one who serves has heard too. Nothing when that failed.
    async fn serve<F>(
        &self,
        hears: &mut oneshot::Receiver<Option<V>>,
        ask: &impl Fn(BTreeSet<String>) -> F,
    ) -> Option<Option<V>>
    where
        F: Future<Output = Result<HashMap<String, V>, StoreError>>,
    {
        loop {
            match hears.try_recv() {
                Ok(found) => return Some(found),
                Err(oneshot::error::TryRecvError::Closed) => return None,
                Err(oneshot::error::TryRecvError::Empty) => {}
            }
            let next = self.next();
            let found = ask(next.iter().map(|(key, _)| key.clone()).collect()).await.ok()?;
            for (key, answer) in next {
                // Whoever has gone away needs none.
                _ = answer.send(found.get(&key).cloned());
            }
        }
    }

    fn next(&self) -> Vec<(String, oneshot::Sender<Option<V>>)> {
        let mut waiting = self.waiting();
        waiting.retain(|(_, answer)| !answer.is_closed());
        let count = waiting.len().min(MOST);
        waiting.drain(..count).collect()
    }

    fn waiting(&self) -> MutexGuard<'_, Vec<(String, oneshot::Sender<Option<V>>)>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::future::join_all;
    use std::sync::Arc;
    use tokio::sync::Semaphore;

    /// Answers keys in capitals and knows no "nobody"; each question is noted, and waits for a permit.
    #[derive(Clone, Default)]
    struct Kept(Arc<(Mutex<Vec<usize>>, Mutex<bool>)>);

    impl Kept {
        async fn ask(
            self,
            free: Arc<Semaphore>,
            keys: BTreeSet<String>,
        ) -> Result<HashMap<String, String>, StoreError> {
            self.0.0.lock().unwrap().push(keys.len());
            tokio::task::yield_now().await;
            _ = free.acquire().await.unwrap();
            if std::mem::take(&mut *self.0.1.lock().unwrap()) {
                return Err(StoreError::corrupt("test", "nothing"));
            }
            let known = keys.into_iter().filter(|key| key != "nobody");
            Ok(known.map(|key| (key.clone(), key.to_uppercase())).collect())
        }

        fn questions(&self) -> Vec<usize> {
            self.0.0.lock().unwrap().clone()
        }
    }

    #[tokio::test]
    async fn those_who_come_while_the_first_asks_are_answered_together_each_its_own() {
        let (together, kept, free) = (Together::default(), Kept::default(), Arc::new(Semaphore::new(1)));
        let ask = |keys| kept.clone().ask(free.clone(), keys);
        let keys = ["a", "b", "nobody", "b", "c"];
        let found = join_all(keys.iter().map(|key| together.find(key, ask))).await;
        let found: Vec<Option<String>> = found.into_iter().map(Result::unwrap).collect();
        assert_eq!(
            found,
            [Some("A"), Some("B"), None, Some("B"), Some("C")].map(|one| one.map(str::to_owned))
        );
        assert_eq!(kept.questions().iter().sum::<usize>(), 4);
        assert!(kept.questions().len() <= 2);
    }

    #[tokio::test]
    async fn a_question_that_fails_is_asked_again_by_each_alone() {
        let (together, kept, free) = (Together::default(), Kept::default(), Arc::new(Semaphore::new(1)));
        *kept.0.1.lock().unwrap() = true;
        let ask = |keys| kept.clone().ask(free.clone(), keys);
        let found = join_all(["a", "b", "c"].iter().map(|key| together.find(key, ask))).await;
        assert!(found.into_iter().all(|one| one.unwrap().is_some()));
    }

    #[tokio::test]
    async fn whoever_asks_for_all_and_goes_away_leaves_nobody_waiting() {
        let (together, kept, free) = (Together::default(), Kept::default(), Arc::new(Semaphore::new(0)));
        let ask = |keys| kept.clone().ask(free.clone(), keys);
        let mut first = Box::pin(together.find("a", ask));
        assert!(futures_util::poll!(&mut first).is_pending());
        let mut second = Box::pin(together.find("b", ask));
        assert!(futures_util::poll!(&mut second).is_pending());
        drop(first);
        free.add_permits(1);
        assert_eq!(second.await.unwrap().as_deref(), Some("B"));
    }

    #[tokio::test]
    async fn a_crowd_larger_than_one_question_is_answered_in_several() {
        let (together, kept, free) = (Together::default(), Kept::default(), Arc::new(Semaphore::new(1)));
        let ask = |keys| kept.clone().ask(free.clone(), keys);
        let keys: Vec<String> = (0..1_200).map(|number| format!("k{number}")).collect();
        let found = join_all(keys.iter().map(|key| together.find(key, ask))).await;
        assert!(found.into_iter().zip(&keys).all(|(one, key)| one.unwrap() == Some(key.to_uppercase())));
        assert!(kept.questions().iter().all(|keys| *keys <= MOST));
    }
}
